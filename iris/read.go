package iris

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Read reads the flowers from comma-separated values. It takes the file in the
// forms in which people have it: UCI's iris.data, which has no header; and with
// a header, whose names give the columns in any order, Kaggle's (with an Id
// column), seaborn's and the like. A species is written Iris-setosa or setosa.
//
// Anything else is an error that says in which line of the file and column of
// the table, both from 1, it was found, and what was expected there.
func Read(r io.Reader) (Flowers, error) {
	table, err := read(r, Options{NeedsSpecies: true})
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

// ReadTable reads what Read reads, and also files that lack the species: their
// header has no name for it, or their first line has four columns.
func ReadTable(r io.Reader) (*Table, error) { return read(r, Options{}) }

// ParseFlower returns the flower of a sepal length and width and a petal length and
// width in cm, such as 5.1, 3.5, 1.4 and 0.2. Its species is 0 and says nothing.
func ParseFlower(lengths ...string) (Flower, error) {
	return (&layout{[5]int{0, 1, 2, 3, -1}, 4, Options{}}).readFlower(trim(lengths))
}

// read reads a file record by record. The first record may be a header and says
// where the columns are. Each of the others is a flower.
func read(r io.Reader, o Options) (*Table, error) {
	in := newRecordReader(r)
	table := new(Table)
	var columns *layout // nil until the first record is read
	for {
		record, err := in.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		switch {
		case columns != nil:
			err = table.add(record, columns)
		case isHeader(record):
			table.Header = record
			columns, err = readHeader(record, o)
		default:
			if columns, err = withoutHeader(record, o); err == nil {
				err = table.add(record, columns)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("line %d, %w", in.line(), err)
		}
	}
	if len(table.Flowers) == 0 {
		return nil, errors.New("no flowers, expected a line for each such as 5.1,3.5,1.4,0.2,Iris-setosa")
	}
	return table, nil
}

// add adds a row with its flower.
func (t *Table) add(record []string, columns *layout) error {
	f, err := columns.readFlower(record)
	t.Rows = append(t.Rows, record)
	t.Flowers = append(t.Flowers, f)
	return err
}

// A recordReader splits a file into records of fields.
type recordReader struct{ csv *csv.Reader }

func newRecordReader(r io.Reader) recordReader {
	text := bufio.NewReader(r)
	if first, _, _ := text.ReadRune(); first != '\ufeff' { // the byte order mark of some programs
		text.UnreadRune()
	}
	in := csv.NewReader(text)
	in.FieldsPerRecord = -1 // counted by readFlower, with a clearer error
	in.TrimLeadingSpace = true
	return recordReader{in}
}

// next returns the fields of the next record, without blanks around them. It
// leaves out lines of blanks. At the end of the file the error is io.EOF.
func (r recordReader) next() ([]string, error) {
	for {
		record, err := r.csv.Read()
		var parse *csv.ParseError
		if errors.As(err, &parse) {
			return nil, fmt.Errorf("line %d, character %d: found %w, expected comma-separated values",
				parse.Line, parse.Column, parse.Err)
		}
		if err != nil {
			return nil, err
		}
		if record = trim(record); len(record) > 1 || record[0] != "" {
			return record, nil
		}
	}
}

// trim returns the fields without the blanks around them.
func trim(fields []string) []string {
	trimmed := make([]string, len(fields))
	for i, field := range fields {
		trimmed[i] = strings.TrimSpace(field)
	}
	return trimmed
}

// line returns in which line of the file the last record begins, from 1.
func (r recordReader) line() int {
	line, _ := r.csv.FieldPos(0)
	return line
}
