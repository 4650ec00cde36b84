/** The part of onnxruntime-node's interface that is used; the package is found at run time, so its types are not there. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: string, options: Record<string, unknown>): Promise<InferenceSession>;
  };
  readonly Tensor: new (type: 'float32', data: Float32Array, dimensions: readonly number[]) => Tensor;
}

export interface Tensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

export interface InferenceSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>;
}

/**
 * One thread a session: its spinning threads slow the neighbours down more than they gain. The arena is
 * off because it keeps the memory of the largest page.
 */
export const SESSION_OPTIONS = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  enableCpuMemArena: false,
} as const;

/** A model with one input and one output. */
export async function infer(
  runtime: OnnxRuntime,
  session: InferenceSession,
  data: Float32Array,
  dimensions: readonly number[],
): Promise<Tensor> {
  const tensor = new runtime.Tensor('float32', data, dimensions);
  const outputs = await session.run({ [session.inputNames[0]]: tensor });
  return outputs[session.outputNames[0]];
}
