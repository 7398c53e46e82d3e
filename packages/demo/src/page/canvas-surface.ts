/** Gives the canvas as many pixels as the screen has for it, and returns its size in CSS pixels. */
export function fitToScreen(canvas: HTMLCanvasElement): { width: number; height: number } {
  const { clientWidth: width, clientHeight: height } = canvas;
  const ratio = devicePixelRatio;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  canvas.getContext('2d')!.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { width, height };
}

/** The values that custom properties have for this canvas now, light or dark. */
export function canvasColours<Name extends string>(
  canvas: HTMLCanvasElement,
  names: Readonly<Record<Name, string>>,
): Record<Name, string> {
  const style = getComputedStyle(canvas);
  const entries = Object.entries<string>(names).map(([name, property]) => [name, style.getPropertyValue(property).trim()]);
  return Object.fromEntries(entries) as Record<Name, string>;
}
