// Removes the build output, so that a deleted source file cannot live on in the package.
import { rmSync } from 'node:fs'

for (const folder of ['dist', 'dist-conformance'])
  rmSync(new URL(`../${folder}`, import.meta.url), { recursive: true, force: true })
