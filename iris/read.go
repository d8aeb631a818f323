package iris

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// columns are the columns of a file without a header: those of the data set at
// UCI, which everybody else's files go back to.
var columns = []string{"sepal length", "sepal width", "petal length", "petal width", "species"}

// Read reads the flowers from comma-separated values. It takes the file in the
// forms in which people have it: UCI's iris.data, which has no header; and with
// a header, whose names give the columns in any order, Kaggle's (with an Id
// column), seaborn's and the like. A species is written Iris-setosa or setosa.
//
// Anything else is an error that says in which line (of the file) and column
// (of the table, both from 1) it was found, and what was expected there.
func Read(r io.Reader) (Flowers, error) {
	in := csv.NewReader(skipByteOrderMark(r))
	in.FieldsPerRecord = -1 // counted below, with a clearer error
	in.TrimLeadingSpace = true

	var flowers Flowers
	var header []string
	for {
		record, err := in.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, readError(err)
		}
		line, _ := in.FieldPos(0)
		for i := range record {
			record[i] = strings.TrimSpace(record[i])
		}
		if len(record) == 1 && record[0] == "" {
			continue // a line of spaces
		}
		if header == nil && isHeader(record) {
			if header, err = readHeader(record); err != nil {
				return nil, fmt.Errorf("line %d, %w", line, err)
			}
			continue
		}
		if header == nil {
			header = columns
		}
		flower, err := readFlower(record, header)
		if err != nil {
			return nil, fmt.Errorf("line %d, %w", line, err)
		}
		flowers = append(flowers, flower)
	}
	if len(flowers) == 0 {
		return nil, errors.New("no flowers, expected a line for each such as 5.1,3.5,1.4,0.2,Iris-setosa")
	}
	return flowers, nil
}

// skipByteOrderMark returns r without the bytes that some programs put in front
// of a UTF-8 file.
func skipByteOrderMark(r io.Reader) io.Reader {
	in := bufio.NewReader(r)
	if mark, err := in.Peek(3); err == nil && string(mark) == "\ufeff" {
		in.Discard(3)
	}
	return in
}

// readError says in our words where the CSV reader stumbled.
func readError(err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return fmt.Errorf("line %d, character %d: found %v, expected comma-separated values", parse.Line, parse.Column, parse.Err)
	}
	return err
}

// isHeader reports whether the first record of a file names its columns, which
// it does if no field is a number.
func isHeader(record []string) bool {
	for _, field := range record {
		if _, err := strconv.ParseFloat(field, 64); err == nil {
			return false
		}
	}
	return true
}

// readHeader returns the meaning of each column: one of columns, or "" for a
// column of row numbers.
func readHeader(record []string) ([]string, error) {
	header := make([]string, len(record))
	seen := make(map[string]bool)
	for i, field := range record {
		name := columnName(field)
		switch {
		case name == "id":
			continue
		case !slices.Contains(columns, name):
			return nil, fmt.Errorf("column %d: found the name %.40q, expected one of %s", i+1, field, strings.Join(columns, ", "))
		case seen[name]:
			return nil, fmt.Errorf("column %d: found %s again, expected it once", i+1, name)
		}
		header[i] = name
		seen[name] = true
	}
	for _, name := range columns {
		if !seen[name] {
			return nil, fmt.Errorf("column %d: found no column for %s, expected %s", len(record)+1, name, strings.Join(columns, ", "))
		}
	}
	return header, nil
}

// columnName reduces the ways to write a column's name to one: sepal_length,
// Sepal.Length, SepalLengthCm and "sepal length (cm)" are all sepal length.
func columnName(field string) string {
	letters := func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}
	switch name := strings.TrimSuffix(strings.Map(letters, strings.ToLower(field)), "cm"); name {
	case "sepallength", "sepalwidth", "petallength", "petalwidth":
		return name[:5] + " " + name[5:]
	case "species", "class", "variety":
		return "species"
	case "id", "":
		return "id"
	default:
		return name
	}
}

// readFlower reads one record with the columns that the header says.
func readFlower(record, header []string) (Flower, error) {
	var f Flower
	if len(record) < len(header) {
		return f, fmt.Errorf("column %d: found the end of the line, expected %d columns", len(record)+1, len(header))
	}
	if len(record) > len(header) {
		return f, fmt.Errorf("column %d: found %.40q, expected only %d columns", len(header)+1, record[len(header)], len(header))
	}
	for i, name := range header {
		var err error
		switch name {
		case "sepal length":
			f.SepalLength, err = readLength(record[i])
		case "sepal width":
			f.SepalWidth, err = readLength(record[i])
		case "petal length":
			f.PetalLength, err = readLength(record[i])
		case "petal width":
			f.PetalWidth, err = readLength(record[i])
		case "species":
			f.Species, err = readSpecies(record[i])
		}
		if err != nil {
			return f, fmt.Errorf("column %d (%s): %w", i+1, name, err)
		}
	}
	return f, nil
}

// readLength reads a length in centimetres.
func readLength(field string) (float64, error) {
	v, err := strconv.ParseFloat(field, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || v <= 0 {
		return 0, fmt.Errorf("found %.40q, expected a length in cm, above 0", field)
	}
	return v, nil
}

// readSpecies reads a species' name, with or without Iris- in front.
func readSpecies(field string) (Species, error) {
	name := strings.TrimPrefix(strings.ToLower(field), "iris-")
	if i := slices.Index(names[:], name); i >= 0 {
		return Species(i), nil
	}
	return 0, fmt.Errorf("found %.40q, expected %s", field, strings.Join(names[:], ", "))
}
