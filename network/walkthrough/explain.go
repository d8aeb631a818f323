package walkthrough

import (
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"backprop/network/walkthrough/command"
)

// Explain returns the command explain, which says where a number of the notebook's step came
// from.
func Explain(notebook Notebook) func(*command.Call) error {
	return func(call *command.Call) error { return explain(call, notebook) }
}

func explain(call *command.Call, notebook Notebook) error {
	call.Operands = "[NAME [ROW COLUMN]]\n\n" +
		"Without a name it lists what can be asked. A number may be written as\n" +
		"'weights_2_update[0][1]', too."
	chain := call.Flags.Bool("chain", false, "follow the number back to its sources")
	routes := call.Flags.Bool("routes", false, "follow a weight to the MSE: the chain rule, route by route")
	all := call.Flags.Bool("all", false, "with -routes, show every route in full")
	s, err := parseStep(call, notebook)
	if err != nil {
		return err
	}
	if len(call.Rest) == 0 {
		switch {
		case *chain:
			return command.UsageError{Err: errors.New("found -chain alone, expected a number to follow, such as new_weights_2[0][1]")}
		case *routes:
			return command.UsageError{Err: errors.New("missing the weight that -routes follows, such as weights_1[2][1]")}
		}
		return s.writeIndex(call.Out)
	}
	n, err := s.find(strings.NewReplacer(`"`, "", `'`, "", `\`, "").Replace(strings.Join(call.Rest, " ")))
	switch {
	case err != nil:
		return err
	case *routes && *chain:
		return command.UsageError{Err: errors.New("-chain and -routes: use one at a time")}
	case *all && !*routes:
		return command.UsageError{Err: errors.New("-all: use it with -routes")}
	case n.Row < 0 && *routes:
		return command.UsageError{Err: fmt.Errorf("-routes with all of %s: ask for one number, such as %s[0][0]", n.Name, n.Name)}
	case *routes:
		return s.writeRoutes(call.Out, n, *all)
	case n.Row < 0 && *chain:
		return command.UsageError{Err: fmt.Errorf("found -chain with all of %s, expected one number, such as %s[0][0]", n.Name, n.Name)}
	case n.Row < 0:
		return s.writeMatrix(call.Out, n.Quantity)
	case *chain:
		return writeChain(call.Out, n)
	default:
		return s.writeNumber(call.Out, n)
	}
}

// asked matches what can be asked for: a name, and a row and a column as in Go,
// as in NumPy, or as arguments of their own.
var asked = regexp.MustCompile(`^([\pL_][\pL\d_.]*)(?: *\[ *(-?\d+) *\]? *[\[,] *(-?\d+) *\]| +(-?\d+) +(-?\d+))?$`)

// find returns the number that text asks for, whose row and column are −1 if it asks for all
// of a matrix.
func (s *Step) find(text string) (Number, error) {
	name, _, _ := strings.Cut(strings.ReplaceAll(text, " ", "["), "[")
	i := slices.IndexFunc(s.Quantities, func(q *Quantity) bool { return strings.EqualFold(q.Name, name) })
	if i < 0 {
		return Number{}, fmt.Errorf("no matrix %.40q, the nearest name is %s (backprop explain lists them all)", name, s.nearest(name))
	}
	q := s.Quantities[i]
	match := asked.FindStringSubmatch(text)
	if match == nil {
		return Number{}, fmt.Errorf("found %.60q, expected %s, or %s 0 0 for one number (rows 0 to %d, columns 0 to %d)",
			text, q.Name, q.Name, q.Matrix.Rows()-1, q.Matrix.Cols()-1)
	}
	rowText, colText := match[2]+match[4], match[3]+match[5]
	switch {
	case rowText == "" && q.Rows == Whole:
		return Number{q, 0, 0}, nil
	case rowText == "":
		return Number{q, -1, -1}, nil
	}
	row, err := strconv.Atoi(rowText)
	if rows := q.Matrix.Rows(); err != nil || row < 0 || row >= rows {
		return Number{}, fmt.Errorf("%s has no row %s, expected one from 0 to %d", q.Name, rowText, rows-1)
	}
	col, err := strconv.Atoi(colText)
	if cols := q.Matrix.Cols(); err != nil || col < 0 || col >= cols {
		return Number{}, fmt.Errorf("%s has no column %s, expected one from 0 to %d", q.Name, colText, cols-1)
	}
	return Number{q, row, col}, nil
}

// nearest returns the quantity's name that takes the fewest changes of a letter
// to get to.
func (s *Step) nearest(name string) string {
	best, fewest := "", math.MaxInt
	for _, q := range s.Quantities {
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
	for _, q := range s.Quantities {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", q.Name, q.Shape(), q.Part, q.operandNames())
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

// writeMatrix explains all of a matrix: shapes, words and numbers.
func (s *Step) writeMatrix(w io.Writer, q *Quantity) error {
	fmt.Fprintf(w, "%s\n", q.Head())
	values := q.names((*Quantity).name)
	values["c with shape"] = q.withShape()
	values["N"] = strconv.Itoa(s.Pass.N())
	if !q.IsGiven() {
		values["a with shape"] = q.A.withShape()
	}
	if q.IsSum() {
		writeBoxes(w, q)
		values["n"] = strconv.Itoa(q.A.Matrix.Cols())
		values["k"] = q.A.Cols.String()
	}
	fmt.Fprintf(w, "%s\n", fill(q.Operation.Words, values))
	fmt.Fprintf(w, "A row for each %v, a column for each %v:\n\n", q.Rows, q.Cols)
	fmt.Fprintf(w, "%s  %v\n", q.Name, q.Matrix)
	_, err := fmt.Fprintf(w, "\nFor one number: backprop explain %s 0 0\n", q.Name)
	return err
}

// writeBoxes draws a dot product: the left matrix, the right one above it, and the result in
// the corner of both.
func writeBoxes(w io.Writer, q *Quantity) {
	left, right, result := box(q.A.withShape()), box(q.B.withShape()), box(q.withShape())
	indent := strings.Repeat(" ", len([]rune(left[0]))+2)
	for _, line := range right {
		fmt.Fprintf(w, "%s%s\n", indent, line)
	}
	for i := range left {
		fmt.Fprintf(w, "%s  %s\n", left[i], result[i])
	}
	fmt.Fprintln(w)
}

// box draws a box around text.
func box(text string) []string {
	line := strings.Repeat("─", len([]rune(text))+2)
	return []string{"┌" + line + "┐", "│ " + text + " │", "└" + line + "┘"}
}

// writeNumber explains one number.
func (s *Step) writeNumber(w io.Writer, n Number) error {
	fmt.Fprintf(w, "%v = %s\n", n, Exact(n.Value()))
	fmt.Fprintf(w, "%s\n\n", s.Place(n))
	fmt.Fprintf(w, "%s\n", n.Head())
	for _, line := range s.arithmetic(n) {
		if utf8.RuneCountInString(line) > 78 {
			line = strings.Replace(line, sumSoFar, "\n      "+strings.TrimSpace(sumSoFar)+" ", 1)
		}
		fmt.Fprintf(w, "  %s\n", line)
	}
	return nil
}

// writeChain follows a number back to its sources, each computed number once. Of a sum it
// follows the largest product.
func writeChain(w io.Writer, n Number) error {
	fmt.Fprintf(w, "Where %v came from; of a sum, the largest product is followed.\n\n", n)
	writeLink(w, n, "", map[string]bool{})
	return nil
}

func writeLink(w io.Writer, n Number, indent string, seen map[string]bool) {
	fmt.Fprintf(w, "%s%v = %.8f", indent, n, n.Value())
	switch {
	case n.IsGiven():
		fmt.Fprintf(w, "\n%s  %s\n", indent, n.origin(n.Row, n.Col))
	case seen[n.String()]:
		fmt.Fprint(w, "  (see above)\n")
	default:
		seen[n.String()] = true
		fmt.Fprintf(w, "  %s\n", n.Operation.Link)
		for _, source := range n.strongest() {
			writeLink(w, source, indent+"  ", seen)
		}
	}
}
