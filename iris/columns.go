package iris

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// columnNames are the columns of a file without a header: those of the data set
// at UCI, which everybody else's files go back to.
var columnNames = []string{"sepal_length", "sepal_width", "petal_length", "petal_width", "species"}

// speciesColumn is the species' place in columnNames. Before it are the lengths.
const speciesColumn = 4

// A layout says where in a record the columns are.
type layout struct {
	fields [5]int // the field of each of columnNames, from 0, or -1 if there is none
	width  int    // how many fields a record has
	Options
}

// withoutHeader returns the layout of a file that begins with this record.
func withoutHeader(record []string, o Options) (*layout, error) {
	switch width := len(record); {
	case width == 5 || o.NeedsSpecies:
		return &layout{[5]int{0, 1, 2, 3, 4}, 5, o}, nil
	case width == 4:
		return &layout{[5]int{0, 1, 2, 3, -1}, 4, o}, nil
	default:
		return nil, fmt.Errorf("column %d: found %s, expected 4, or 5 with the species", min(width, 5)+1, countColumns(width))
	}
}

// isHeader reports whether the first record of a file names its columns, which
// it does if no field is a number.
func isHeader(record []string) bool {
	return !slices.ContainsFunc(record, func(field string) bool {
		_, err := strconv.ParseFloat(field, 64)
		return err == nil
	})
}

// readHeader returns the layout of a file with this header. There may also be a
// column of row numbers.
func readHeader(record []string, o Options) (*layout, error) {
	l := &layout{[5]int{-1, -1, -1, -1, -1}, len(record), o}
	for i, field := range record {
		c := slices.Index(columnNames, columnName(field))
		isRowNumber := slices.Contains([]string{"", "id", "rownames"}, strings.ToLower(field))
		if c >= 0 && l.fields[c] < 0 {
			l.fields[c] = i
		} else if !isRowNumber {
			return nil, fmt.Errorf("column %d: found the name %.40q, expected each of %s once",
				i+1, field, strings.Join(columnNames, ", "))
		}
	}
	for c, field := range l.fields {
		if field < 0 && (c != speciesColumn || o.NeedsSpecies) {
			return nil, fmt.Errorf("column %d: found the end of the line, expected a column named %s",
				len(record)+1, columnNames[c])
		}
	}
	return l, nil
}

// columnName reduces the ways to write a column's name to one: SepalLengthCm,
// Sepal.Length and "sepal length (cm)" are all sepal_length.
func columnName(field string) string {
	name := strings.NewReplacer(" ", "", "_", "", ".", "", "-", "", "(", "", ")", "").Replace(strings.ToLower(field))
	switch name = strings.TrimSuffix(name, "cm"); name {
	case "sepallength", "sepalwidth", "petallength", "petalwidth":
		return name[:5] + "_" + name[5:]
	case "class", "variety":
		return "species"
	}
	return name
}

// readFlower reads a record.
func (l *layout) readFlower(record []string) (f Flower, err error) {
	if len(record) != l.width {
		return f, fmt.Errorf("column %d: found %s, expected %d",
			min(len(record), l.width)+1, countColumns(len(record)), l.width)
	}
	for c, length := range []*float64{&f.SepalLength, &f.SepalWidth, &f.PetalLength, &f.PetalWidth} {
		if *length, err = l.parseLength(record[l.fields[c]]); err != nil {
			return f, fmt.Errorf("column %d (%s): %w", l.fields[c]+1, columnNames[c], err)
		}
	}
	if field := l.fields[speciesColumn]; field >= 0 {
		if f.Species, err = parseSpecies(record[field]); err != nil && !l.AnySpecies {
			return f, fmt.Errorf("column %d (species): %w", field+1, err)
		}
	}
	return f, nil
}

func countColumns(n int) string {
	if n == 1 {
		return "1 column"
	}
	return fmt.Sprintf("%d columns", n)
}

func (o Options) parseLength(field string) (float64, error) {
	length, err := strconv.ParseFloat(field, 64)
	// ParseFloat also takes 3_5 and 0x1p2, as Go does.
	if err != nil || strings.ContainsAny(field, "_xX") || math.IsNaN(length) || math.IsInf(length, 0) {
		err = errors.New("not a finite decimal number")
	}
	switch {
	case o.Scaled && err != nil:
		return 0, fmt.Errorf("found %.40q, expected a finite number", field)
	case !o.Scaled && (err != nil || length <= 0):
		return 0, fmt.Errorf("found %.40q, expected a finite length in cm, above 0", field)
	}
	return length, nil
}

func parseSpecies(field string) (Species, error) {
	s := slices.Index(names[:], strings.TrimPrefix(strings.ToLower(field), "iris-"))
	if s < 0 {
		return 0, fmt.Errorf("found %.40q, expected %s", field, strings.Join(names[:], ", "))
	}
	return Species(s), nil
}
