package diagnosis

import (
	"math"

	"backprop/matrix"
)

// inLoops is exercise 1 with another line in the innermost of its three loops.
func inLoops(line func(c, x, y matrix.Matrix, i, j, k int)) func(x, y matrix.Matrix) matrix.Matrix {
	return func(x, y matrix.Matrix) matrix.Matrix {
		c := matrix.New(x.Rows(), y.Cols())
		for i := range c {
			for j := range c[i] {
				for k := range y {
					line(c, x, y, i, j, k)
				}
			}
		}
		return c
	}
}

// ofProducts is exercise 1 with something else than the sum of the products for a number.
func ofProducts(number func(products []float64) float64) func(x, y matrix.Matrix) matrix.Matrix {
	return func(x, y matrix.Matrix) matrix.Matrix {
		return fill(x.Rows(), y.Cols(), func(i, j int) float64 {
			products := make([]float64, y.Rows())
			for k := range products {
				products[k] = x[i][k] * y[k][j]
			}
			return number(products)
		})
	}
}

// someProducts is exercise 1 with a sum that ends elsewhere: too early, or, as the learner's,
// with a panic.
func someProducts(to func(x, y matrix.Matrix) int) func(x, y matrix.Matrix) matrix.Matrix {
	return func(x, y matrix.Matrix) matrix.Matrix {
		return ofProducts(func(p []float64) float64 { return sum(p[:to(x, y)]) })(x, y)
	}
}

func sum(numbers []float64) (sum float64) {
	for _, v := range numbers {
		sum += v
	}
	return sum
}

// ofSums is exercise 1 with something made of the correct result.
func ofSums(spoil func(m matrix.Matrix) matrix.Matrix) func(x, y matrix.Matrix) matrix.Matrix {
	return func(x, y matrix.Matrix) matrix.Matrix { return spoil(dot(x, y)) }
}

// sumMistakes are those of a loop that adds products up, in whichever exercise.
func sumMistakes() []mistake {
	return []mistake{
		{"only the last product is in each sum", "4",
			"Is there = where += belongs, so that each product overwrites the one before it? Or is the sum set to 0 in the innermost loop?",
			dots(ofProducts(func(p []float64) float64 { return p[len(p)-1] }))},
		{"only the first product is in each sum", "4",
			"Does the innermost loop end too early, with a return or a break in it? Or does its index not move?",
			dots(ofProducts(func(p []float64) float64 { return p[0] }))},
		{"the sum is not set back to 0 for each number", "4",
			"Each number also contains those that were computed before it. Set the sum to 0 directly before the innermost loop.",
			dots(ofSums(running(func(i, j int) bool { return i == 0 && j == 0 })),
				ofSums(running(func(i, j int) bool { return j == 0 })),
				ofSums(byColumns(running(func(i, j int) bool { return i == 0 && j == 0 }))),
				ofSums(byColumns(running(func(i, j int) bool { return j == 0 }))))},
		{"added instead of multiplied", "4",
			"The numbers that meet are multiplied; only the products are added up.",
			dots(inLoops(func(c, x, y matrix.Matrix, i, j, k int) { c[i][j] += x[i][k] + y[k][j] }))},
		{"the first or the last product is missing", "4",
			"The innermost loop begins with 0 and goes over all the products: one too few is added up.",
			dots(ofProducts(func(p []float64) float64 { return sum(p[:len(p)-1]) }), ofProducts(func(p []float64) float64 { return sum(p[1:]) }))},
		{"products are missing: the innermost loop ends at another matrix's size", "4",
			"It goes along a whole row of the first matrix, which is down a whole column of the second one.",
			append(dots(someProducts(func(x, y matrix.Matrix) int { return y.Cols() })), dots(someProducts(func(x, y matrix.Matrix) int { return x.Rows() }))...)},
		{"one product is in each sum twice", "4",
			"Each product belongs in the sum once. Does the sum begin with the first product instead of 0, or is the last one added again after the loop?",
			dots(ofProducts(func(p []float64) float64 { return sum(p) + p[0] }), ofProducts(func(p []float64) float64 { return sum(p) + p[len(p)-1] }))},
		{"the products are multiplied instead of added up", "4",
			"The numbers that meet are multiplied, and their products are added up: c[i][j] += ….",
			dots(ofProducts(func(p []float64) float64 {
				product := 1.0
				for _, v := range p {
					product *= v
				}
				return product
			}))},
		{"the products lose their sign", "4", "Products may be negative. Leave math.Abs out.",
			dots(ofProducts(func(p []float64) float64 {
				sum := 0.0
				for _, v := range p {
					sum += math.Abs(v)
				}
				return sum
			}))},
		{"the product of two sums instead of a sum of products", "4",
			"Multiply in the innermost loop, and add up the products. You added up first, and multiplied the sums.",
			dots(func(x, y matrix.Matrix) matrix.Matrix {
				return fill(x.Rows(), y.Cols(), func(i, j int) float64 { return sum(x[i]) * sum(transpose(y)[j]) })
			})},
		{"the index is multiplied instead of the number", "4",
			"In Go, for k := range row gives the index, not the number: that is row[k].",
			dots(inLoops(func(c, x, y matrix.Matrix, i, j, k int) { c[i][j] += float64(k) * y[k][j] }),
				inLoops(func(c, x, y matrix.Matrix, i, j, k int) { c[i][j] += x[i][k] * float64(k) }))},
		{"the sum of one matrix's numbers: nothing is multiplied", "4",
			"Each number of the first matrix's row is multiplied by one of the second matrix's column.",
			dots(inLoops(func(c, x, y matrix.Matrix, i, j, k int) { c[i][j] += x[i][k] }), inLoops(func(c, x, y matrix.Matrix, i, j, k int) { c[i][j] += y[k][j] }))},
		{"the mean of the products instead of their sum", "4",
			"The products are added up, and not divided by how many they are.",
			dots(ofProducts(func(p []float64) float64 { return sum(p) / float64(len(p)) }))},
		{"the products are cut off to whole numbers", "4", "int(…) cuts off what comes after the point. Keep everything float64, and begin with sum := 0.0.",
			dots(ofProducts(func(p []float64) float64 {
				sum := 0.0
				for _, v := range p {
					sum += math.Trunc(v)
				}
				return sum
			}))},
		{"the largest product instead of the sum", "4", "All the products are added up.",
			dots(ofProducts(func(p []float64) float64 {
				largest := p[0]
				for _, v := range p {
					largest = max(largest, v)
				}
				return largest
			}))},
	}
}

// byColumns lets spoil go down the columns instead of along the rows.
func byColumns(spoil func(m matrix.Matrix) matrix.Matrix) func(m matrix.Matrix) matrix.Matrix {
	return func(m matrix.Matrix) matrix.Matrix { return transpose(spoil(transpose(m))) }
}
