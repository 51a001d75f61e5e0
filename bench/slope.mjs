/**
 * How a cost grows with size, as the exponent k of cost ~ size^k by least squares over the logarithms: 1 is linear, 2
 * quadratic; a fixed cost makes it less.
 *
 * @param {readonly { size: number, cost: number }[]} points at least two sizes, all numbers above 0
 * @returns {number}
 */
export function exponent(points) {
  const xs = points.map((each) => Math.log(each.size));
  const ys = points.map((each) => Math.log(each.cost));
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(xs), mean(ys)];
  const covariance = xs.reduce((sum, each, at) => sum + (each - x) * (ys[at] - y), 0);
  const variance = xs.reduce((sum, each) => sum + (each - x) ** 2, 0);
  return covariance / variance;
}
