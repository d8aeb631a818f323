package iris

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// columnNames are the columns of a file without a header: those of the data set
// at UCI, which everybody else's files go back to.
var columnNames = []string{"sepal_length", "sepal_width", "petal_length", "petal_width", "species"}

// speciesColumn is the species' place in columnNames. Before it are the lengths.
const speciesColumn = 4

// The names as errors list them.
var (
	fourNames = strings.Join(columnNames[:speciesColumn], ", ")
	fiveNames = strings.Join(columnNames, ", ")
)

// A layout says where in a record the columns are, and how they are written.
type layout struct {
	fields [5]int // the field of each of columnNames, from 0, or -1 if there is none
	oneHot []int  // the field of each species, 1 for a flower of that species; nil if there is none
	width  int    // how many fields a record has
	codes  []Species
	Options
	decimalComma bool
}

// withoutHeader returns the layout of a file that begins with this record.
func withoutHeader(fields []string, o Options) (*layout, error) {
	l := &layout{fields: [5]int{0, 1, 2, 3, 4}, width: 5, Options: o}
	switch width := len(fields); {
	case width == 5:
	case width == 8 || width == 9:
		return nil, fmt.Errorf("column 6: found %s, expected 5: if these are decimal commas, "+
			"save the file with semicolons between the values", countColumns(width))
	case width == 4 && !o.NeedsSpecies:
		l.fields[speciesColumn], l.width = -1, 4
	case o.NeedsSpecies:
		return nil, fmt.Errorf("column %d: found %s, expected 5: %s. %s",
			min(width, 5)+1, countColumns(width), fiveNames, otherColumns)
	default:
		return nil, fmt.Errorf("column %d: found %s, expected 4, or 5 with the species. %s",
			min(width, 5)+1, countColumns(width), otherColumns)
	}
	return l, nil
}

const otherColumns = "For other columns, begin with a line of their names"

// readFlower reads a record.
func (l *layout) readFlower(fields []string) (f Flower, err error) {
	if err := l.checkWidth(fields); err != nil {
		return f, err
	}
	lengths := []*float64{&f.SepalLength, &f.SepalWidth, &f.PetalLength, &f.PetalWidth}
	for c, length := range lengths {
		if *length, err = l.parseLength(fields[l.fields[c]]); err != nil {
			return f, fmt.Errorf("column %d (%s): %w", l.fields[c]+1, columnNames[c], err)
		}
	}
	switch field := l.fields[speciesColumn]; {
	case l.oneHot != nil:
		f.Species, err = parseOneHot(fields, l.oneHot)
	case field >= 0:
		if f.Species, err = l.species(fields[field]); err != nil {
			err = fmt.Errorf("column %d (species): %w", field+1, err)
		}
	}
	if l.AnySpecies {
		err = nil
	}
	return f, err
}

func (l *layout) checkWidth(fields []string) error {
	n := len(fields)
	switch {
	case n == l.width:
		return nil
	case n == 1 && strings.ContainsAny(fields[0], ";,\t "):
		return fmt.Errorf("column 1: found %.40q, expected %d columns, "+
			"separated as in the first line", fields[0], l.width)
	default:
		return fmt.Errorf("column %d: found %s, expected %d",
			min(n, l.width)+1, countColumns(n), l.width)
	}
}

func countColumns(n int) string {
	if n == 1 {
		return "1 column"
	}
	return fmt.Sprintf("%d columns", n)
}

func (l *layout) parseLength(field string) (float64, error) {
	text := field
	if l.decimalComma && decimalComma.MatchString(field) {
		text = strings.Replace(field, ",", ".", 1)
	}
	length, err := strconv.ParseFloat(text, 64)
	// ParseFloat also takes 3_5 and 0x1p2, as Go does.
	if strings.ContainsAny(text, "_xX") || math.IsNaN(length) || math.IsInf(length, 0) {
		err = errors.New("not a finite decimal number")
	}
	switch {
	case decimalComma.MatchString(text):
		return 0, fmt.Errorf("found %.40q, expected %.40s with a decimal point",
			field, strings.Replace(field, ",", ".", 1))
	case l.Scaled && err != nil:
		return 0, fmt.Errorf("found %.40q, expected a finite number", field)
	case !l.Scaled && err == nil && length < 0:
		return 0, fmt.Errorf("found %.40q, expected a finite length in cm, above 0 "+
			"(lengths below 0 have been scaled: train and predict read them with -scaled)", field)
	case !l.Scaled && (err != nil || length <= 0):
		return 0, fmt.Errorf("found %.40q, expected a finite length in cm, above 0", field)
	}
	return length, nil
}
