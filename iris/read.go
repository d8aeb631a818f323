package iris

import (
	"errors"
	"fmt"
	"io"
)

// Read reads the flowers from a text with a line for each, in the forms in which people have it:
// UCI's iris.data, which has no header; with a header, whose names give the columns in any order,
// Kaggle's, seaborn's, R's and the like; scikit-learn's with numbers for the species; Weka's ARFF.
// The values may be separated by commas, semicolons, tabs or blanks. A species is written
// Iris-setosa, setosa, I. setosa or Iris setosa. (The README has a table of the forms.)
//
// Anything else is an error that says in which line of the file and column of the table, both from
// 1, it was found, and what was expected there. So are flowers that as a whole look like those of
// the data set only in another unit, in another order of the columns, or with other species.
func Read(r io.Reader) (Flowers, error) {
	table, err := Options{NeedsSpecies: true}.Read(r)
	if err != nil {
		return nil, err
	}
	return table.Flowers, nil
}

// A Table is a file with flowers: its rows as they are in the file, but for blanks
// around a field, and the flower in each of them.
type Table struct {
	Header  []string // the names of the columns, nil if the file has none
	Rows    [][]string
	Flowers Flowers // their species is 0 and says nothing where the file has none
}

// ParseFlower returns the flower of a sepal length and width and a petal length and
// width in cm, such as 5.1, 3.5, 1.4 and 0.2. Its species is 0 and says nothing.
func ParseFlower(lengths ...string) (Flower, error) {
	l := &layout{fields: [5]int{0, 1, 2, 3, -1}, width: 4}
	f, err := l.readFlower(trim(lengths))
	if err == nil {
		err = Flowers{f}.suspicion(false)
	}
	return f, err
}

// example is a flower as errors show it.
const example = "5.1,3.5,1.4,0.2,Iris-setosa"

// Options say what a file must have, and what else it may have. With the zero value, a file may
// lack the species: its header has no name for it, or its first line has four columns.
type Options struct {
	NeedsSpecies bool // as Read
	AnySpecies   bool // an unknown species, such as ? or an empty field, is read as 0
	Scaled       bool // any finite number is a length: the file was scaled, to mean 0 for example
}

// Read reads what the function Read reads, as the options say. The first record of a file may be a
// header and say where the columns are, or what numbers for the species mean. Each of the others
// is a flower.
func (o Options) Read(r io.Reader) (*Table, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	if err := refuse(string(text)); err != nil {
		return nil, err
	}
	f, err := split(string(text))
	if err != nil {
		return nil, err
	}
	table := new(Table)
	columns, flowers, err := f.layout(table, o)
	if err != nil {
		return nil, err
	}
	for _, record := range flowers {
		flower, err := columns.readFlower(record.fields)
		if err != nil {
			return nil, fmt.Errorf("line %d, %w", record.line, err)
		}
		table.Rows = append(table.Rows, record.fields)
		table.Flowers = append(table.Flowers, flower)
	}
	if len(table.Flowers) == 0 {
		return nil, errors.New("no flowers, expected a line for each such as " + example)
	}
	if o.Scaled {
		return table, nil
	}
	if err := table.Flowers.suspicion(columns.hasSpecies() && !o.AnySpecies); err != nil {
		return nil, err
	}
	return table, nil
}

// layout returns where the columns are, and the records that have the flowers.
func (f *file) layout(table *Table, o Options) (l *layout, flowers []record, err error) {
	flowers = f.records
	var codes []Species
	if len(flowers) > 0 && f.attributes == nil {
		if codes = countsOf(flowers[0].fields); codes != nil {
			flowers = flowers[1:]
		}
	}
	if len(flowers) == 0 {
		return nil, nil, nil
	}
	line := flowers[0].line
	switch first := flowers[0].fields; {
	case f.attributes != nil:
		table.Header = f.attributes
		l, err = readHeader(f.attributes, flowers, o)
	case isHeader(first):
		table.Header, flowers = first, flowers[1:]
		l, err = readHeader(first, flowers, o)
	default:
		l, err = withoutHeader(first, o)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("line %d, %w", line, err)
	}
	l.codes, l.decimalComma = codes, f.decimalComma
	return l, flowers, nil
}

// hasSpecies reports whether the file has the species.
func (l *layout) hasSpecies() bool { return l.fields[speciesColumn] >= 0 || l.oneHot != nil }
