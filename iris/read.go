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
	order, width := []int{0, 1, 2, 3, 4}, len(columns) // where each of columns is, without a header
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
			order, width, err = readHeader(record)
		} else {
			var f Flower
			f, err = readFlower(record, order, width)
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

// readHeader returns where in a record each of columns is, and how many fields
// a record has. A column of row numbers may come on top.
func readHeader(record []string) (order []int, width int, err error) {
	order = []int{-1, -1, -1, -1, -1}
	for i, field := range record {
		c := slices.Index(columns, columnName(field))
		isRowNumber := slices.Contains([]string{"", "id", "rownames"}, strings.ToLower(field))
		if c >= 0 && order[c] < 0 {
			order[c] = i
		} else if !isRowNumber {
			return nil, 0, fmt.Errorf("column %d: found the name %.40q, expected each of %s once", i+1, field, strings.Join(columns, ", "))
		}
	}
	if missing := slices.Index(order, -1); missing >= 0 {
		return nil, 0, fmt.Errorf("column %d: found the end of the line, expected a column named %s", len(record)+1, columns[missing])
	}
	return order, len(record), nil
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

// readFlower reads a record of width fields with the columns in the given order.
func readFlower(record []string, order []int, width int) (f Flower, err error) {
	if len(record) != width {
		return f, fmt.Errorf("column %d: found %d columns, expected %d", min(len(record), width)+1, len(record), width)
	}
	for c, length := range []*float64{&f.SepalLength, &f.SepalWidth, &f.PetalLength, &f.PetalWidth} {
		field := record[order[c]]
		*length, err = strconv.ParseFloat(field, 64)
		// ParseFloat takes 3_5 and 0x1p2, too, as Go does.
		if err != nil || strings.ContainsAny(field, "_xX") || math.IsNaN(*length) || math.IsInf(*length, 0) || *length <= 0 {
			return f, fmt.Errorf("column %d (%s): found %.40q, expected a finite length in cm, above 0", order[c]+1, columns[c], field)
		}
	}
	species := record[order[4]]
	s := slices.Index(names[:], strings.TrimPrefix(strings.ToLower(species), "iris-"))
	if s < 0 {
		return f, fmt.Errorf("column %d (species): found %.40q, expected %s", order[4]+1, species, strings.Join(names[:], ", "))
	}
	f.Species = Species(s)
	return f, nil
}
