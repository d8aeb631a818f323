package page

import (
	"math"
	"strconv"
	"strings"

	"backprop/network/walkthrough"
)

// How the page writes numbers: decimals.js writes them in the same way, but of two that are
// equally near it takes the larger. (The panel and the command explain have all digits.)

// The decimals of a number in a table: few to read, many on request.
const (
	fewDecimals  = 4
	manyDecimals = 8
)

// decimals writes a number with so many decimals, and as a power of ten where these would show
// nothing of it or where it would be long: 0.1234, −1.6e−9, 1.23e+29.
func decimals(v float64, digits int) string {
	switch size := math.Abs(v); {
	case v == 0:
		return "0." + strings.Repeat("0", digits)
	case size < 0.5*math.Pow10(-digits):
		return power(v, 1)
	case isPower(v):
		return power(v, digits/2)
	}
	return trueMinus(strconv.FormatFloat(v, 'f', digits, 64))
}

// isPower reports whether a number is so large that it is written as a power of ten.
func isPower(v float64) bool { return math.Abs(v) >= 1e4 }

// isLong reports whether a node of the drawing has no room for a text in the usual type.
func isLong(text string) bool { return len([]rune(text)) > roomy || strings.Contains(text, "e+") }

const roomy = 6 // characters

// short writes a number for a node of the drawing, in few characters. Those of the data keep
// their digits.
func short(v float64, isMeasured bool) string {
	size := math.Abs(v)
	switch {
	case size == 0:
		return "0"
	case isPower(v) || size < 0.0005:
		if text := power(v, 1); len([]rune(text)) <= roomy {
			return text
		}
		return power(v, 0)
	case isMeasured:
		return trueMinus(strconv.FormatFloat(v, 'g', 4, 64))
	}
	digits := 3
	for limit := 10.0; size >= limit; limit *= 10 {
		digits--
	}
	return trueMinus(strconv.FormatFloat(v, 'f', max(digits, 0), 64))
}

// power writes a number as a power of ten, without zeros before the exponent.
func power(v float64, digits int) string {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', digits, 64), "e")
	return trueMinus(mantissa + "e" + exponent[:1] + strings.TrimLeft(exponent[1:], "0"))
}

// measured writes a number that somebody chose or measured, with all its digits.
func measured(v float64) string { return trueMinus(walkthrough.Exact(v)) }

// trueMinus writes a minus for each hyphen.
func trueMinus(text string) string { return strings.ReplaceAll(text, "-", "−") }
