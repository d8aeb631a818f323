package walkthrough

import (
	"backprop/matrix/numpy"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"text/tabwriter"
)

// Explain is the command explain: where a number came from.
func Explain(call *Call) error {
	call.Operands = "[NAME [ROW COLUMN]]\n\n" +
		"Without a name it lists what can be asked. A number may be written as\n" +
		"'weights_2_update[0][1]', too."
	chain := call.Flags.Bool("chain", false, "follow the number back to its sources")
	s, err := newStep(call)
	if err != nil {
		return err
	}
	if len(call.Rest) == 0 {
		if *chain {
			return UsageError{errors.New("found -chain alone, expected a number to follow, such as new_weights_2[0][1]")}
		}
		return s.writeIndex(call.Out)
	}
	q, row, col, err := s.find(strings.NewReplacer(`"`, "", `'`, "", `\`, "").Replace(strings.Join(call.Rest, " ")))
	switch {
	case err != nil:
		return err
	case row < 0 && *chain:
		return UsageError{fmt.Errorf("found -chain with all of %s, expected one number, such as %s[0][0]", q.Name, q.Name)}
	case row < 0:
		return s.writeQuantity(call.Out, q)
	case *chain:
		return s.writeChain(call.Out, q, row, col)
	default:
		return s.writeNumber(call.Out, q, row, col)
	}
}

// asked matches what can be asked for: a name, and a row and a column as in Go,
// as in NumPy, or as arguments of their own.
var asked = regexp.MustCompile(`^([\pL_][\pL\d_.]*)(?: *\[ *(-?\d+) *\]? *[\[,] *(-?\d+) *\]| +(-?\d+) +(-?\d+))?$`)

// find returns the quantity that text asks for, and the row and column, or −1
// if it asks for all of it.
func (s *Step) find(text string) (q Quantity, row, col int, err error) {
	name, _, _ := strings.Cut(strings.ReplaceAll(text, " ", "["), "[")
	q, ok := s.quantity(name)
	if !ok {
		return q, 0, 0, fmt.Errorf("no matrix %.40q, the nearest name is %s (backprop explain lists them all)", name, s.nearest(name))
	}
	match := asked.FindStringSubmatch(text)
	if match == nil {
		return q, 0, 0, fmt.Errorf("found %.60q, expected %s, or %s 0 0 for one number (rows 0 to %d, columns 0 to %d)",
			text, q.Name, q.Name, q.Matrix.Rows()-1, q.Matrix.Cols()-1)
	}
	if match[2]+match[4] == "" {
		return q, -1, -1, nil
	}
	row, rowErr := strconv.Atoi(match[2] + match[4])
	col, colErr := strconv.Atoi(match[3] + match[5])
	if rows := q.Matrix.Rows(); rowErr != nil || row < 0 || row >= rows {
		return q, 0, 0, fmt.Errorf("%s has no row %s, expected one from 0 to %d", q.Name, match[2]+match[4], rows-1)
	}
	if cols := q.Matrix.Cols(); colErr != nil || col < 0 || col >= cols {
		return q, 0, 0, fmt.Errorf("%s has no column %s, expected one from 0 to %d", q.Name, match[3]+match[5], cols-1)
	}
	return q, row, col, nil
}

// nearest returns the quantity's name that takes the fewest changes of a letter
// to get to.
func (s *Step) nearest(name string) string {
	best, fewest := "", math.MaxInt
	for _, q := range s.Quantities() {
		d := distance(strings.ToLower(name), strings.ToLower(q.Name))
		if name != "" && strings.Contains(strings.ToLower(q.Name), strings.ToLower(name)) {
			d -= len(q.Name) // a part of the name is nearer than any misspelling
		}
		if d < fewest {
			best, fewest = q.Name, d
		}
	}
	return best
}

// distance returns how many letters must be changed, added or left out to get
// from a to b (V. I. Levenshtein, 1965).
func distance(a, b string) int {
	row := make([]int, len(b)+1) // distances from the part of a so far
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// writeIndex lists what can be asked.
func (s *Step) writeIndex(w io.Writer) error {
	fmt.Fprintf(w, "What can be explained: each matrix of part 13, or one number of it\n\n")
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "name\tshape\tpart\tmade from\n")
	for _, q := range s.Quantities() {
		from := strings.Join(operands(q), ", ")
		if q.Op == Given {
			from = "–"
		}
		fmt.Fprintf(table, "%s\t%d×%d\t%s\t%s\n", q.Name, q.Matrix.Rows(), q.Matrix.Cols(), q.Part, from)
	}
	table.Flush()
	_, err := fmt.Fprintf(w, `
backprop explain weights_2_update             how a matrix is computed
backprop explain weights_2_update 0 1         how one number is: row 0, column 1
backprop explain -chain new_weights_2 0 1     and what that came from

If you have not built it, backprop is "go run .". A number may be written as
weights_2_update[0][1], too, which some shells want in quotes.
`)
	return err
}

func operands(q Quantity) []string {
	return strings.Fields(q.X + " " + q.Y)
}

// writeHead writes what q is and how it is computed.
func (s *Step) writeHead(w io.Writer, q Quantity) {
	if q.Op != Given {
		fmt.Fprintf(w, "%s = %s\n", q.Name, q.Equation())
	}
	part := "part"
	if strings.ContainsAny(q.Part, ",–") {
		part = "parts"
	}
	fmt.Fprintf(w, "%s\nSee %s %s of the series.\n", q.Meaning, part, q.Part)
}

// writeQuantity explains all of a matrix: shapes, words and numbers.
func (s *Step) writeQuantity(w io.Writer, q Quantity) error {
	s.writeHead(w, q)
	fmt.Fprintln(w)
	shape := func(name string) string {
		operand, _ := s.quantity(name)
		return fmt.Sprintf("%s %d×%d", name, operand.Matrix.Rows(), operand.Matrix.Cols())
	}
	axis := [...]string{"flower", "measurement", "hidden node", "species"}
	switch q.Op {
	case Dot, DotOverN:
		left, right, result := box(shape(q.X)), box(shape(q.Y)), box(shape(q.Name))
		indent := strings.Repeat(" ", len([]rune(left[0]))+2)
		for _, line := range right {
			fmt.Fprintf(w, "%s%s\n", indent, line)
		}
		for i := range left {
			fmt.Fprintf(w, "%s  %s\n", left[i], result[i])
		}
		x, _ := s.quantity(q.X)
		fmt.Fprintf(w, "\nEach number is a row of %s, to its left, times a\n", q.X)
		fmt.Fprintf(w, "column of %s, above it: %d products, one for each\n%s, added up", q.Y, x.Matrix.Cols(), axis[x.Cols])
		if q.Op == DotOverN {
			fmt.Fprintf(w, ", and divided by N = %d", s.Pass.N())
		}
		fmt.Fprintln(w, ".")
	case Given:
		fmt.Fprintf(w, "%s is where it begins: it is computed from nothing else here.\n", shape(q.Name))
	case Transposed:
		fmt.Fprintf(w, "%s is %s with rows for columns.\n", shape(q.Name), shape(q.X))
	default:
		fmt.Fprintf(w, "Each number of %s comes from the number in the same\nplace of %s alone.\n",
			shape(q.Name), strings.Join(operands(q), " and "))
	}
	fmt.Fprintf(w, "A row for each %s, a column for each %s:\n\n", axis[q.Rows], axis[q.Cols])
	fmt.Fprintf(w, "%s  %v\n", q.Name, q.Matrix)
	_, err := fmt.Fprintf(w, "\nFor one number: backprop explain %s 0 0\n", q.Name)
	return err
}

// box draws a box around text.
func box(text string) []string {
	line := strings.Repeat("─", len([]rune(text))+2)
	return []string{"┌" + line + "┐", "│ " + text + " │", "└" + line + "┘"}
}

// exact writes a number so that reading it gives the same number again.
func exact(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// at returns the name of one number, such as x[1][2].
func at(name string, row, col int) string { return fmt.Sprintf("%s[%d][%d]", name, row, col) }

// writeNumber explains one number. Each line of its arithmetic holds as it is
// printed: reading its numbers and computing gives the printed result.
func (s *Step) writeNumber(w io.Writer, q Quantity, row, col int) error {
	value := q.Matrix[row][col]
	fmt.Fprintf(w, "%s = %s\n", at(q.Name, row, col), exact(value))
	fmt.Fprintf(w, "row %d: %s, column %d: %s\n\n", row, s.longLabel(q.Rows, row), col, s.longLabel(q.Cols, col))
	s.writeHead(w, q)
	fmt.Fprintln(w)
	x, _ := s.quantity(q.X)
	y, _ := s.quantity(q.Y)
	line := func(left float64, op string, right, result float64) {
		fmt.Fprintf(w, "  %s %s %s = %s\n", exact(left), op, exact(right), exact(result))
	}
	switch q.Op {
	case Given:
		fmt.Fprintf(w, "  %s\n", s.origin(q, row, col))
	case Dot, DotOverN:
		s.writeSum(w, q, x, y, row, col)
	case Sigmoid:
		z := x.Matrix[row][col]
		power := numpy.Exp(-z)
		fmt.Fprintf(w, "  1 / (1 + e^-z), z = %s\n", at(q.X, row, col))
		fmt.Fprintf(w, "  e^-z = e^%s = %s\n", exact(-z), exact(power))
		line(1, "+", power, 1+power)
		line(1, "/", 1+power, value)
	case Slope:
		out := x.Matrix[row][col]
		fmt.Fprintf(w, "  out × (1 − out), out = %s\n", at(q.X, row, col))
		line(1, "−", out, 1-out)
		line(out, "×", 1-out, value)
	case Difference:
		fmt.Fprintf(w, "  %s − %s\n", at(q.X, row, col), at(q.Y, row, col))
		line(x.Matrix[row][col], "−", y.Matrix[row][col], value)
	case Product:
		fmt.Fprintf(w, "  %s × %s\n", at(q.X, row, col), at(q.Y, row, col))
		line(x.Matrix[row][col], "×", y.Matrix[row][col], value)
	case Transposed:
		fmt.Fprintf(w, "  %s = %s: row and column change places\n", at(q.X, col, row), exact(value))
	case Descent:
		step := float64(s.Settings.Rate * y.Matrix[row][col])
		fmt.Fprintf(w, "  learning_rate × %s\n", at(q.Y, row, col))
		line(s.Settings.Rate, "×", y.Matrix[row][col], step)
		fmt.Fprintf(w, "  %s − that\n", at(q.X, row, col))
		line(x.Matrix[row][col], "−", step, value)
	}
	return nil
}

// writeSum explains a row times a column.
func (s *Step) writeSum(w io.Writer, q, x, y Quantity, row, col int) {
	sum, products := 0.0, []string{}
	for k := range y.Matrix {
		left, right := x.Matrix[row][k], y.Matrix[k][col]
		product := float64(left * right)
		sum += product
		products = append(products, exact(product))
		name := at(q.X, row, k)
		if x.Op == Transposed { // say whose element it is
			name = at(x.X, k, row)
		}
		fmt.Fprintf(w, "  %s (%s) × %s\n", name, s.label(x.Cols, k), at(q.Y, k, col))
		fmt.Fprintf(w, "    %s × %s = %s\n", exact(left), exact(right), exact(product))
	}
	fmt.Fprintf(w, "  sum of the %d\n    = %s\n", len(products), exact(sum))
	if q.Op == DotOverN {
		oneOverN := 1 / float64(s.Pass.N())
		fmt.Fprintf(w, "  ÷ N, which is × 1/%d\n    %s × %s = %s\n", s.Pass.N(), exact(sum), exact(oneOverN), exact(q.Matrix[row][col]))
	}
}

// origin says where a number came from that is not computed from others.
func (s *Step) origin(q Quantity, row, col int) string {
	switch {
	case q.Name == "x":
		return fmt.Sprintf("flower %d's %s in cm, from the data (%v)", s.Settings.Rows[row], s.label(Features, col), s.Flowers[row].Species)
	case q.Name == "y":
		return fmt.Sprintf("flower %d is a %v: 1 in that column, 0 in the others", s.Settings.Rows[row], s.Flowers[row].Species)
	case s.Settings.Steps > 1:
		return fmt.Sprintf("as the %s before this one left it", count(s.Settings.Steps-1, "step"))
	case s.Settings.Weights != "":
		return "as it was saved in " + s.Settings.Weights
	}
	number := row*q.Matrix.Cols() + col + 1
	if q.Name == "weights_2" {
		number += s.Before.Weights1.Rows() * s.Before.Weights1.Cols()
	}
	return fmt.Sprintf("0.5 × random normal number %d after np.random.seed(%d)", number, s.Settings.Seed)
}

// writeChain follows a number back to its sources, each computed number once. Of a sum
// it follows the largest product.
func (s *Step) writeChain(w io.Writer, q Quantity, row, col int) error {
	fmt.Fprintf(w, "Where %s came from; of a sum, the largest product is followed.\n\n", at(q.Name, row, col))
	s.writeLink(w, q, row, col, 0, map[string]bool{})
	return nil
}

// linkWord says in a chain what is done with the numbers that follow.
var linkWord = map[Op]string{
	Dot:        "  a sum of products, of",
	DotOverN:   "  a sum of products, ÷ N, of",
	Sigmoid:    "  the sigmoid of",
	Slope:      "  a × (1 − a), a being",
	Difference: "  the difference of",
	Product:    "  the product of",
	Transposed: "  the same as",
	Descent:    "  the weight − learning_rate × update, of",
}

func (s *Step) writeLink(w io.Writer, q Quantity, row, col, depth int, seen map[string]bool) {
	indent, name := strings.Repeat("  ", depth), at(q.Name, row, col)
	fmt.Fprintf(w, "%s%s = %.8f", indent, name, q.Matrix[row][col])
	if seen[name] && q.Op != Given {
		fmt.Fprint(w, "  (see above)\n")
		return
	}
	seen[name] = true
	fmt.Fprintf(w, "%s\n", linkWord[q.Op])
	x, _ := s.quantity(q.X)
	y, _ := s.quantity(q.Y)
	switch q.Op {
	case Given:
		fmt.Fprintf(w, "%s  %s\n", indent, s.origin(q, row, col))
	case Dot, DotOverN:
		k := 0
		for i := range y.Matrix {
			if math.Abs(x.Matrix[row][i]*y.Matrix[i][col]) > math.Abs(x.Matrix[row][k]*y.Matrix[k][col]) {
				k = i
			}
		}
		s.writeLink(w, x, row, k, depth+1, seen)
		s.writeLink(w, y, k, col, depth+1, seen)
	case Transposed:
		s.writeLink(w, x, col, row, depth+1, seen)
	default:
		s.writeLink(w, x, row, col, depth+1, seen)
		if q.Y != "" {
			s.writeLink(w, y, row, col, depth+1, seen)
		}
	}
}
