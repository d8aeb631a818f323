package iris_test

import (
	"fmt"
	"strings"

	"backprop/data"
	"backprop/iris"
	"backprop/matrix/numpy"
)

func ExampleRead() {
	flowers, err := iris.Read(strings.NewReader(`Id,SepalLengthCm,SepalWidthCm,PetalLengthCm,PetalWidthCm,Species
2,4.9,3.0,1.4,0.2,Iris-setosa
52,6.4,3.2,4.5,1.5,Iris-versicolor
102,5.8,2.7,5.1,1.9,Iris-virginica
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range flowers {
		fmt.Printf("sepal %v × %v cm, petal %v × %v cm: %v\n", f.SepalLength, f.SepalWidth, f.PetalLength, f.PetalWidth, f.Species)
	}
	// Output:
	// sepal 4.9 × 3 cm, petal 1.4 × 0.2 cm: setosa
	// sepal 6.4 × 3.2 cm, petal 4.5 × 1.5 cm: versicolor
	// sepal 5.8 × 2.7 cm, petal 5.1 × 1.9 cm: virginica
}

// An error says where it is, what was found there and what was expected.
func ExampleRead_error() {
	_, err := iris.Read(strings.NewReader(`5.1,3.5,1.4,0.2,Iris-setosa
4.9,3.O,1.4,0.2,Iris-setosa
`))
	fmt.Println(err)
	// Output:
	// line 2, column 2 (sepal_width): found "3.O", expected a finite length in cm, above 0
}

// A table keeps its rows as they are, and may lack the species.
func ExampleOptions_Read() {
	table, err := iris.Options{}.Read(strings.NewReader(`Id,PetalLengthCm,PetalWidthCm,SepalLengthCm,SepalWidthCm
2,1.40,0.2,4.9,3.0
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(table.Header)
	fmt.Println(table.Rows[0])
	fmt.Println(table.Flowers.Features())
	// Output:
	// [Id PetalLengthCm PetalWidthCm SepalLengthCm SepalWidthCm]
	// [2 1.40 0.2 4.9 3.0]
	// 1×4
	//   4.90000000  3.00000000  1.40000000  0.20000000
}

func ExampleParseFlower() {
	f, err := iris.ParseFlower("5.1", "3.5", "1.4", "0.2")
	fmt.Println(f.SepalLength, f.SepalWidth, f.PetalLength, f.PetalWidth, err)
	// Output: 5.1 3.5 1.4 0.2 <nil>
}

func ExampleSpecies_String() {
	fmt.Println(iris.Setosa.String(), iris.Versicolor, iris.Virginica)
	// Output:
	// setosa versicolor virginica
}

// The three flowers of the series' part 13.
func ExampleFlowers_Pick() {
	flowers, err := iris.Read(strings.NewReader(data.Iris))
	if err != nil {
		fmt.Println(err)
		return
	}

	picked, err := flowers.Pick(1, 51, 101)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(picked.Features())
	// Output:
	// 3×4
	//   4.90000000  3.00000000  1.40000000  0.20000000
	//   6.40000000  3.20000000  4.50000000  1.50000000
	//   5.80000000  2.70000000  5.10000000  1.90000000
}

func ExampleFlowers_Features() {
	flowers := iris.Flowers{
		{SepalLength: 4.9, SepalWidth: 3.0, PetalLength: 1.4, PetalWidth: 0.2, Species: iris.Setosa},
		{SepalLength: 6.4, SepalWidth: 3.2, PetalLength: 4.5, PetalWidth: 1.5, Species: iris.Versicolor},
	}
	x := flowers.Features()
	fmt.Println(x)
	// Output:
	// 2×4
	//   4.90000000  3.00000000  1.40000000  0.20000000
	//   6.40000000  3.20000000  4.50000000  1.50000000
}

func ExampleFlowers_Labels() {
	flowers := iris.Flowers{
		{Species: iris.Virginica},
		{Species: iris.Setosa},
		{Species: iris.Versicolor},
		{Species: iris.Setosa},
	}
	y := flowers.Labels()
	fmt.Println(y)
	// Output:
	// 4×3
	//   0.00000000  0.00000000  1.00000000
	//   1.00000000  0.00000000  0.00000000
	//   0.00000000  1.00000000  0.00000000
	//   1.00000000  0.00000000  0.00000000
}

// np.random.seed(10) and np.random.permutation(6) give 2 5 0 3 4 1.
func ExampleFlowers_Split() {
	flowers := make(iris.Flowers, 6)
	for i := range flowers {
		flowers[i].SepalLength = float64(i)
	}
	train, test, err := flowers.Split(2, numpy.NewRandom(10))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range test {
		fmt.Println("test: row", f.SepalLength)
	}
	for _, f := range train {
		fmt.Println("train: row", f.SepalLength)
	}
	// Output:
	// test: row 2
	// test: row 5
	// train: row 0
	// train: row 3
	// train: row 4
	// train: row 1
}
