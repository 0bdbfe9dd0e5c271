import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { putFiles, temporaryFolder } from '../io/temporary.js'
import { CLEAN, FLAWED, slowDocument } from './documents.js'
import { finished, main, runCli, startCli } from './spawn.js'

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder()
  putFiles(folder, files)
  return folder
}

describe('exit codes of the program', () => {
  it('0: clean', async () => {
    const folder = folderWith({ 'a.json': CLEAN })
    const { code, stdout, stderr } = await runCli(['convert', 'a.json', '--to', 'coco', '--out', 'out'], folder)
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toContain('Wrote annotations/instances.json to out. Pictures stay where they are (--media).\n')
    expect(JSON.parse(readFileSync(join(folder, 'out/annotations/instances.json'), 'utf8'))).toEqual(JSON.parse(CLEAN))
  })

  it('1: a condition of --fail-on was met, the result is there', async () => {
    const folder = folderWith({ 'a.json': FLAWED })
    const args = ['convert', 'a.json', '--to', 'coco', '--out', 'out', '--quiet', '--fail-on', 'approximated,dropped']
    expect(await runCli(args, folder)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'Failed because of --fail-on: dropped 1. The result is in out all the same.\n',
    })
    expect(readdirSync(folder).sort()).toEqual(['a.json', 'out'])
  })

  it('2: usage', async () => {
    const folder = folderWith({ 'a.json': CLEAN })
    expect(await runCli(['convrt'], folder)).toEqual({
      code: 2,
      stdout: '',
      stderr: "error: unknown command 'convrt'\n(Did you mean convert?)\n",
    })
    expect(readdirSync(folder)).toEqual(['a.json'])
  })

  it('3: unreadable', async () => {
    const folder = folderWith({ 'a.json': '{"images": [\n  {"file_name": "a.jpg",}\n], "annotations": []}' })
    const { code, stderr } = await runCli(['convert', 'a.json', '--to', 'coco', '--out', 'out'], folder)
    expect(code).toBe(3)
    expect(stderr).toMatch(/^error json-syntax: a\.json:2:25: .+, got '}'\n$/)
    expect(readdirSync(folder)).toEqual(['a.json'])
  })

  it('4: finished, but something was left out', async () => {
    const folder = folderWith({ 'a.json': FLAWED })
    expect(await runCli(['convert', 'a.json', '--to', 'coco', '--out', 'out', '--quiet'], folder)).toEqual({
      code: 4,
      stdout: '',
      stderr: 'Finished, but 1 problem left something out; see above.\n',
    })
    expect(readdirSync(folder).sort()).toEqual(['a.json', 'out'])
  })

  it('does not mind a reader that goes away', async () => {
    const child = startCli(['formats', '--json'], temporaryFolder())
    child.stdout?.destroy()
    expect(await finished(child)).toEqual({ code: 0, stdout: '', stderr: '' })
  })
})

describe('a failure', () => {
  it('never shows a stack, unless asked to', async () => {
    const folder = folderWith({ 'a.json': '[' })
    const args = ['convert', 'a.json', '--from', 'coco', '--to', 'coco', '--out', 'out']
    const plain = await runCli(args, folder)
    expect(plain.code).toBe(3)
    expect(plain.stderr).not.toMatch(/^\s+at /m)
    const debug = await runCli(args, folder, { ANNOFORM_DEBUG: '1' })
    expect(debug.code).toBe(3)
    expect(debug.stderr).toMatch(/^\s+at /m)
  })

  it.skipIf(process.platform === 'win32')(
    'of writing leaves nothing (limits on file sizes are a Unix thing)',
    async () => {
      const folder = folderWith({ 'big.json': slowDocument(500), 'limited.sh': 'ulimit -f 8; exec "$@"' })
      const args = ['limited.sh', process.execPath, main, 'convert', 'big.json', '--to', 'coco', '--out', 'out']
      const { code, stderr } = await finished(spawn('sh', args, { cwd: folder }))
      expect(code).toBe(3)
      expect(stderr).toMatch(/^error io: annotations\/instances\.json: .*\n/)
      expect(readdirSync(folder).sort()).toEqual(['big.json', 'limited.sh'])
    },
  )
})
