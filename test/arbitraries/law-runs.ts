/** How many runs a law gets: 1000, or what the environment asks for. */
export const LAW_RUNS = Number(process.env.ANNOFORM_LAW_RUNS ?? 1000)
