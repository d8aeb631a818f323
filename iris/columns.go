package iris

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// columnNames are the columns of a file without a header: those of the data set
// at UCI, which everybody else's files go back to.
var columnNames = []string{"sepal_length", "sepal_width", "petal_length", "petal_width", "species"}

// speciesColumn is the species' place in columnNames. Before it are the lengths.
const speciesColumn = 4

// speciesNames are what people call the column with the species.
var speciesNames = []string{"species", "class", "variety", "name", "target", "type", "plant", "label",
	"speciesname", "classname", "targetname", "targetnames", "irisclass", "irisspecies", "flower"}

// A layout says where in a record the columns are, and how they are written.
type layout struct {
	fields [5]int // the field of each of columnNames, from 0, or -1 if there is none
	oneHot []int  // the field of each species, where it holds 1 for that species; nil if there is none
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
		return nil, fmt.Errorf("column 6: found %s, expected 5: if these are decimal commas, save the file with semicolons "+
			"between the values", countColumns(width))
	case width == 4 && !o.NeedsSpecies:
		l.fields[speciesColumn], l.width = -1, 4
	case o.NeedsSpecies:
		return nil, fmt.Errorf("column %d: found %s, expected 5: %s. For other columns, begin with a line of their names",
			min(width, 5)+1, countColumns(width), strings.Join(columnNames, ", "))
	default:
		return nil, fmt.Errorf("column %d: found %s, expected 4, or 5 with the species. For other columns, begin with a line of their names",
			min(width, 5)+1, countColumns(width))
	}
	return l, nil
}

// isHeader reports whether a file's first fields name its columns, which they do if none of
// them is a number.
func isHeader(fields []string) bool {
	return !slices.ContainsFunc(fields, func(field string) bool {
		_, err := strconv.ParseFloat(field, 64)
		return err == nil || decimalComma.MatchString(field)
	})
}

// countsOf returns the species that the numbers 0, 1, 2 stand for, if the fields are the first
// line of scikit-learn's and TensorFlow's files: 150,4,setosa,versicolor,virginica.
func countsOf(fields []string) []Species {
	if len(fields) < 3 {
		return nil
	}
	for _, field := range fields[:2] {
		if _, err := strconv.ParseUint(field, 10, 31); err != nil {
			return nil
		}
	}
	var codes []Species
	for _, field := range fields[2:] {
		s, err := parseSpecies(field)
		if err != nil || slices.Contains(codes, s) {
			return nil
		}
		codes = append(codes, s)
	}
	return codes
}

// readHeader returns the layout of a file with these names above its rows. The columns may be in
// any order, and there may be others. The first row tells which column has the species, if several
// could.
func readHeader(names []string, rows []record, o Options) (*layout, error) {
	l := &layout{fields: [5]int{-1, -1, -1, -1, -1}, width: len(names), Options: o}
	shift := 0
	if haveRowNames(rows, len(names)) {
		shift = 1
		l.width++
	}
	var first []string
	if len(rows) > 0 {
		first = rows[0].fields
	}
	found := false
	hot := []int{-1, -1, -1}
	for i, name := range names {
		column, err := columnOf(name)
		if err != nil {
			return nil, fmt.Errorf("column %d: %w", i+1, err)
		}
		if s, err := parseSpecies(withoutSpeciesName(name)); err == nil {
			hot[s] = i + shift
		}
		switch {
		case column < 0:
		case column == speciesColumn:
			if l.fields[column] < 0 || !isSpecies(first, l.fields[column]) && isSpecies(first, i+shift) {
				l.fields[column] = i + shift
			}
		case l.fields[column] >= 0:
			return nil, fmt.Errorf("column %d: found the name %.40q, expected %s once", i+1, name, columnNames[column])
		default:
			l.fields[column], found = i+shift, true
		}
	}
	if slices.Min(hot) >= 0 && !isSpecies(first, l.fields[speciesColumn]) {
		l.fields[speciesColumn], l.oneHot = -1, hot
	}
	for column, field := range l.fields {
		if field >= 0 || column == speciesColumn && (l.oneHot != nil || !o.NeedsSpecies) {
			continue
		}
		if !found {
			return nil, fmt.Errorf("column 1: found %.40q, expected a flower such as 5.1,3.5,1.4,0.2,Iris-setosa, or the names of the columns: %s",
				names[0], strings.Join(columnNames, ", "))
		}
		return nil, fmt.Errorf("header: found no column %s, expected all of %s",
			columnNames[column], strings.Join(columnNames, ", "))
	}
	return l, nil
}

// haveRowNames reports whether the rows have a field for which the header has no name, as R's
// have: the row's number or name. It is the first one, and never a length such as 5.1.
func haveRowNames(rows []record, names int) bool {
	return len(rows) > 0 && len(rows[0].fields) == names+1 && !slices.ContainsFunc(rows, func(r record) bool {
		return fraction.MatchString(r.fields[0])
	})
}

var fraction = regexp.MustCompile(`^\d*[.,]\d+$`)

// withoutSpeciesName returns the name of a one-hot column without that of the species' column,
// which pandas puts before it: species_setosa is setosa.
func withoutSpeciesName(name string) string {
	before, rest, ok := strings.Cut(name, "_")
	if ok && slices.Contains(speciesNames, strings.ToLower(before)) {
		return rest
	}
	return name
}

// isSpecies reports whether that field of a record is the name of a species.
func isSpecies(fields []string, i int) bool {
	if i < 0 || i >= len(fields) {
		return false
	}
	_, err := parseSpecies(fields[i])
	return err == nil
}

// columnOf returns which of columnNames is meant, or -1: SepalLengthCm, Sepal.Length and "sepal
// length (cm)" are all sepal_length. Another unit than cm is an error.
func columnOf(name string) (int, error) {
	letters := strings.NewReplacer(" ", "", "_", "", ".", "", "-", "", "(", "", ")", "", "[", "", "]", "").Replace(strings.ToLower(name))
	if slices.Contains(speciesNames, letters) {
		return speciesColumn, nil
	}
	for i, column := range columnNames[:speciesColumn] {
		unit, ok := strings.CutPrefix(letters, strings.Replace(column, "_", "", 1))
		switch {
		case !ok:
		case slices.Contains([]string{"", "cm", "incm", "centimeters", "centimetres"}, unit):
			return i, nil
		case slices.Contains([]string{"mm", "inmm", "in", "inch", "inches", "ininches"}, unit):
			return -1, fmt.Errorf("found %.40q, expected lengths in cm: divide millimetres by 10, multiply inches by 2.54", name)
		}
	}
	return -1, nil
}

// readFlower reads a record.
func (l *layout) readFlower(fields []string) (f Flower, err error) {
	if err := l.checkWidth(fields); err != nil {
		return f, err
	}
	for c, length := range []*float64{&f.SepalLength, &f.SepalWidth, &f.PetalLength, &f.PetalWidth} {
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
		return fmt.Errorf("column 1: found %.40q, expected %d columns, separated as in the first line", fields[0], l.width)
	default:
		return fmt.Errorf("column %d: found %s, expected %d", min(n, l.width)+1, countColumns(n), l.width)
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
	if err != nil || strings.ContainsAny(text, "_xX") || math.IsNaN(length) || math.IsInf(length, 0) {
		err = errors.New("not a finite decimal number")
	}
	switch {
	case decimalComma.MatchString(text):
		return 0, fmt.Errorf("found %.40q, expected %.40s with a decimal point", field, strings.Replace(field, ",", ".", 1))
	case l.Scaled && err != nil:
		return 0, fmt.Errorf("found %.40q, expected a finite number", field)
	case !l.Scaled && err == nil && length < 0:
		return 0, fmt.Errorf("found %.40q, expected a finite length in cm, above 0 (lengths below 0 have been scaled: train and predict read them with -scaled)", field)
	case !l.Scaled && (err != nil || length <= 0):
		return 0, fmt.Errorf("found %.40q, expected a finite length in cm, above 0", field)
	}
	return length, nil
}

// species reads the name of a species, or its number where the file says what numbers mean.
func (l *layout) species(field string) (Species, error) {
	code, err := strconv.ParseFloat(field, 64)
	switch i := int(code); {
	case err != nil:
		return parseSpecies(field)
	case l.codes == nil:
		return 0, fmt.Errorf("found %.40q, expected %s: a number does not say which species it means, "+
			"unless the first line does, as in 150,4,setosa,versicolor,virginica", field, strings.Join(names[:], ", "))
	case float64(i) != code || i < 0 || i >= len(l.codes):
		return 0, fmt.Errorf("found %.40q, expected a number from 0 to %d, as the first line says", field, len(l.codes)-1)
	default:
		return l.codes[i], nil
	}
}

// parseSpecies reads the name of a species: setosa, Setosa, Iris-setosa, Iris setosa, I. setosa.
func parseSpecies(field string) (Species, error) {
	name := strings.ToLower(field)
	for _, prefix := range []string{"iris-", "iris ", "iris_", "i. ", "i."} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			name = strings.TrimSpace(rest)
			break
		}
	}
	if name == "versicolour" { // UCI's description of the data set
		name = Versicolor.String()
	}
	s := slices.Index(names[:], name)
	if s < 0 {
		return 0, fmt.Errorf("found %.40q, expected %s", field, strings.Join(names[:], ", "))
	}
	return Species(s), nil
}

// parseOneHot returns the species whose field holds 1, where the others hold 0.
func parseOneHot(fields []string, oneHot []int) (Species, error) {
	species := -1
	for s, i := range oneHot {
		switch strings.ToLower(fields[i]) {
		case "1", "1.0", "true":
			if species >= 0 {
				return 0, fmt.Errorf("column %d (%v): found a second 1, expected 0", i+1, Species(s))
			}
			species = s
		case "0", "0.0", "false":
		default:
			return 0, fmt.Errorf("column %d (%v): found %.40q, expected 0 or 1", i+1, Species(s), fields[i])
		}
	}
	if species < 0 {
		return 0, fmt.Errorf("column %d (%v): found 0 for each species, expected 1 for one of them", oneHot[0]+1, Species(0))
	}
	return Species(species), nil
}
