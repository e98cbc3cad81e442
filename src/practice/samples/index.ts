/** The practice household's pictures, made on the spot. */
export { makeSamples, type SampleSummary, type SampleWish } from './make-samples.ts';
