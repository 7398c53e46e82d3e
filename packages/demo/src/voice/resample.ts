/** A rate change by the fraction `up / down`, ready to be applied to any number of signals. */
export type Resampler = (input: Float32Array) => Float32Array;

const halfTaps = 24;
const kaiserBeta = 9;
// Where the passband ends, as a share of the lower Nyquist frequency: room for the filter to fall before it.
const passband = 0.92;

/**
 * A polyphase windowed-sinc resampler. The filter's delay is taken out, so that the sound stays where it was;
 * outside the input there is silence. The output holds `ceil(input.length × up / down)` samples.
 */
export function createResampler(fromHz: number, toHz: number): Resampler {
  const divisor = greatestCommonDivisor(fromHz, toHz);
  const up = toHz / divisor;
  const down = fromHz / divisor;
  const phases = Array.from({ length: up }, (_, phase) => phaseTaps(phase / up, Math.min(1, toHz / fromHz) * passband));
  return (input) => {
    const output = new Float32Array(Math.ceil((input.length * up) / down));
    for (let n = 0; n < output.length; n++) {
      const position = n * down;
      const taps = phases[position % up]!;
      const first = Math.floor(position / up) - halfTaps + 1;
      let sum = 0;
      const end = Math.min(taps.length, input.length - first);
      for (let k = Math.max(0, -first); k < end; k++) sum += taps[k]! * input[first + k]!;
      output[n] = sum;
    }
    return output;
  };
}

function phaseTaps(fraction: number, cutoff: number): Float64Array {
  const taps = Float64Array.from({ length: halfTaps * 2 }, (_, k) => {
    const distance = k - halfTaps + 1 - fraction;
    return cutoff * sinc(distance * cutoff) * kaiser(distance / halfTaps);
  });
  // Unit gain in every phase: otherwise a constant would ripple.
  const gain = taps.reduce((sum, tap) => sum + tap, 0);
  return taps.map((tap) => tap / gain);
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

const kaiser = (x: number): number => (Math.abs(x) >= 1 ? 0 : besselI0(kaiserBeta * Math.sqrt(1 - x * x)) / besselI0(kaiserBeta));

// The power series of the modified Bessel function; 30 terms are exact to double precision at this beta.
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < 30; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));
