package iris

// How a file with the flowers is read; skip it at first.

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
var columns = []string{"sepal_length", "sepal_width", "petal_length", "petal_width", "species"}

// Read reads the flowers from comma-separated values. It takes the file in the
// forms in which people have it: UCI's iris.data, which has no header; and with
// a header, whose names give the columns in any order, Kaggle's (with an Id
// column), seaborn's and the like. A species is written Iris-setosa or setosa.
//
// Anything else is an error that says in which line of the file and column of
// the table, both from 1, it was found, and what was expected there.
func Read(r io.Reader) (Flowers, error) {
	text := bufio.NewReader(r)
	if first, _, _ := text.ReadRune(); first != '\ufeff' { // the byte order mark of some programs
		text.UnreadRune()
	}
	in := csv.NewReader(text)
	in.FieldsPerRecord = -1 // counted below, with a clearer error
	in.TrimLeadingSpace = true

	var flowers Flowers
	header := columns // unless the first record is one
	first := true
	for {
		record, err := in.Read()
		if err == io.EOF {
			break
		}
		var parse *csv.ParseError
		if errors.As(err, &parse) {
			return nil, fmt.Errorf("line %d, character %d: found %w, expected comma-separated values", parse.Line, parse.Column, parse.Err)
		}
		if err != nil {
			return nil, err
		}
		for i := range record {
			record[i] = strings.TrimSpace(record[i])
		}
		if len(record) == 1 && record[0] == "" {
			continue // a line of spaces
		}
		if first && isHeader(record) {
			header, err = readHeader(record)
		} else {
			var f Flower
			f, err = readFlower(record, header)
			flowers = append(flowers, f)
		}
		if err != nil {
			line, _ := in.FieldPos(0)
			return nil, fmt.Errorf("line %d, %w", line, err)
		}
		first = false
	}
	if len(flowers) == 0 {
		return nil, errors.New("no flowers, expected a line for each such as 5.1,3.5,1.4,0.2,Iris-setosa")
	}
	return flowers, nil
}

// isHeader reports whether the first record of a file names its columns, which
// it does if no field is a number.
func isHeader(record []string) bool {
	return !slices.ContainsFunc(record, func(field string) bool {
		_, err := strconv.ParseFloat(field, 64)
		return err == nil
	})
}

// readHeader returns for each column of the file which of columns it is, or
// "id" for row numbers.
func readHeader(record []string) ([]string, error) {
	var header []string
	for i, field := range record {
		name := columnName(field)
		known := name == "id" || slices.Contains(columns, name)
		if !known || slices.Contains(header, name) {
			return nil, fmt.Errorf("column %d: found the name %.40q, expected each of %s once", i+1, field, strings.Join(columns, ", "))
		}
		header = append(header, name)
	}
	for _, name := range columns {
		if !slices.Contains(header, name) {
			return nil, fmt.Errorf("column %d: found the end of the line, expected a column named %s", len(record)+1, name)
		}
	}
	return header, nil
}

// columnName reduces the ways to write a column's name to one: SepalLengthCm,
// Sepal.Length and "sepal length (cm)" are all sepal_length.
func columnName(field string) string {
	name := strings.ToLower(field)
	letters := strings.NewReplacer(" ", "", "_", "", ".", "", "-", "", "(", "", ")", "").Replace(name)
	for _, column := range columns {
		if strings.TrimSuffix(letters, "cm") == strings.Replace(column, "_", "", 1) {
			return column
		}
	}
	switch name {
	case "class", "variety":
		return "species"
	case "", "rownames": // as pandas and R have it
		return "id"
	}
	return name
}

// readFlower reads one record with the columns that the header says.
func readFlower(record, header []string) (f Flower, err error) {
	if len(record) != len(header) {
		return f, fmt.Errorf("column %d: found %d columns, expected %d", min(len(record), len(header))+1, len(record), len(header))
	}
	for i, name := range header {
		switch name {
		case "sepal_length":
			f.SepalLength, err = readLength(record[i])
		case "sepal_width":
			f.SepalWidth, err = readLength(record[i])
		case "petal_length":
			f.PetalLength, err = readLength(record[i])
		case "petal_width":
			f.PetalWidth, err = readLength(record[i])
		case "species":
			f.Species, err = readSpecies(record[i])
		}
		if err != nil {
			return f, fmt.Errorf("column %d (%s): found %.40q, %w", i+1, name, record[i], err)
		}
	}
	return f, nil
}

// readLength reads a length in centimetres.
func readLength(field string) (float64, error) {
	v, err := strconv.ParseFloat(field, 64)
	goSyntax := strings.ContainsAny(field, "_xX") // ParseFloat takes 3_5 and 0x1p2
	if err != nil || goSyntax || math.IsNaN(v) || math.IsInf(v, 0) || v <= 0 {
		return 0, errors.New("expected a finite length in cm, above 0")
	}
	return v, nil
}

// readSpecies reads a species' name, with or without Iris- in front.
func readSpecies(field string) (Species, error) {
	i := slices.Index(names[:], strings.TrimPrefix(strings.ToLower(field), "iris-"))
	if i < 0 {
		return 0, fmt.Errorf("expected %s", strings.Join(names[:], ", "))
	}
	return Species(i), nil
}
