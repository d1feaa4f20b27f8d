/** The value below which the share of the values lies; the values need no order. */
export function quantile(values, share) {
  const sorted = Float64Array.from(values).sort()
  const place = (sorted.length - 1) * share
  const low = Math.floor(place)
  const high = Math.ceil(place)
  return sorted[low] + (sorted[high] - sorted[low]) * (place - low)
}

export const median = values => quantile(values, 0.5)

export const sum = values => values.reduce((total, value) => total + value, 0)

/** Enough digits to compare, not more. */
export const round = (value, digits = 3) => Number(value.toPrecision(Math.max(digits, Math.ceil(Math.log10(Math.abs(value) + 1)))))
