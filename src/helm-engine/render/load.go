package render

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"helm.sh/helm/v4/pkg/chart/loader/archive"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/ignore"
)

// Limits of a chart, archives in it unpacked.
const (
	maxChartBytes   = 64 << 20
	maxChartFiles   = 20_000
	maxArchiveDepth = 8
)

var utf8bom = []byte{0xEF, 0xBB, 0xBF}

// Chart is a loaded chart; it can be rendered any number of times.
type Chart struct {
	root *chart.Chart
	// paths names the file that holds a piece of data, by the address of its first byte: Helm's loader
	// and its handling of aliases keep the data where it is.
	paths map[*byte]string
	// analyses of templates, by the same address.
	analyses map[*byte]*analysis
}

// Load reads a chart from the files of its folder, as Helm does: `.helmignore` holds files back,
// `charts/` is read as folders and as archives. The error never quotes a file's content.
func Load(files []File) (*Chart, error) {
	loading := &loading{paths: map[*byte]string{}}
	buffered, err := loading.folder(files)
	if err != nil {
		return nil, err
	}
	root, err := loader.LoadFiles(buffered)
	if err != nil {
		return nil, describeLoading(err)
	}
	if version := root.Metadata.APIVersion; version != chart.APIVersionV1 && version != chart.APIVersionV2 {
		return nil, errors.New("Chart.yaml: Helm renders charts of apiVersion v1 and v2")
	}
	if root.Metadata.Type != "" && root.Metadata.Type != "application" {
		return nil, errors.New("a library chart can't be installed: it is rendered as part of the charts that depend on it")
	}
	return &Chart{root: root, paths: loading.paths, analyses: map[*byte]*analysis{}}, nil
}

type loading struct {
	paths map[*byte]string
	bytes int
	count int
}

func (l *loading) folder(files []File) ([]*archive.BufferedFile, error) {
	rules := ignore.Empty()
	for _, file := range files {
		if file.Path == ignore.HelmIgnore {
			parsed, err := ignore.Parse(bytes.NewReader(file.Data))
			if err != nil {
				return nil, errors.New(".helmignore can't be read: " + err.Error())
			}
			rules = parsed
		}
	}
	rules.AddDefaults()
	sorted := slices.SortedFunc(slices.Values(files), func(a, b File) int {
		return slices.Compare(strings.Split(a.Path, "/"), strings.Split(b.Path, "/"))
	})
	var kept []*archive.BufferedFile
	for _, file := range sorted {
		if !isPlainPath(file.Path) {
			return nil, fmt.Errorf("a file's path leaves the chart's folder")
		}
		if ignored(rules, file.Path) {
			continue
		}
		expanded, err := l.add("", file.Path, file.Data, 0)
		if err != nil {
			return nil, err
		}
		kept = append(kept, expanded...)
	}
	return kept, nil
}

// add takes one file, and unpacks it where it is the archive of a subchart. `prefix` is the place of
// the archive that the file comes from.
func (l *loading) add(prefix, name string, data []byte, depth int) ([]*archive.BufferedFile, error) {
	l.count++
	l.bytes += len(data)
	if l.count > maxChartFiles {
		return nil, fmt.Errorf("the chart has more than %d files", maxChartFiles)
	}
	if l.bytes > maxChartBytes {
		return nil, fmt.Errorf("the chart is larger than %d MiB", maxChartBytes>>20)
	}
	if folder, ok := archivedChart(name); ok {
		if depth >= maxArchiveDepth {
			return nil, fmt.Errorf("%s: archives are nested more than %d deep", prefix+name, maxArchiveDepth)
		}
		return l.unpack(prefix+name, folder, data, depth)
	}
	data = bytes.TrimPrefix(data, utf8bom)
	if len(data) > 0 {
		l.paths[&data[0]] = prefix + name
	}
	return []*archive.BufferedFile{{Name: name, ModTime: time.Time{}, Data: data}}, nil
}

// unpack gives the files of a subchart's archive as if they stood in a folder of that name.
func (l *loading) unpack(place, folder string, data []byte, depth int) ([]*archive.BufferedFile, error) {
	if err := checkInflated(data); err != nil {
		return nil, fmt.Errorf("%s: %w", place, err)
	}
	files, err := archive.LoadArchiveFiles(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", place, describeArchive(err))
	}
	var unpacked []*archive.BufferedFile
	for _, file := range files {
		if !isPlainPath(file.Name) {
			return nil, fmt.Errorf("%s: a file's path leaves the archive", place)
		}
		inner, err := l.add(place+"!/", file.Name, file.Data, depth+1)
		if err != nil {
			return nil, err
		}
		for _, each := range inner {
			each.Name = folder + "/" + each.Name
		}
		unpacked = append(unpacked, inner...)
	}
	return unpacked, nil
}

// archivedChart tells whether Helm unpacks a file of a chart as a subchart, and the folder that can
// stand for it. Helm skips what begins with `_` or `.`.
func archivedChart(name string) (string, bool) {
	dir, base := path.Split(name)
	if path.Ext(base) != ".tgz" || strings.IndexAny(base, "_.") == 0 {
		return "", false
	}
	// Only directly in a `charts/` folder of a chart, at any level of charts in folders.
	parts := strings.Split(strings.TrimSuffix(dir, "/"), "/")
	for index, part := range parts {
		if index%2 == 0 && part != "charts" {
			return "", false
		}
	}
	if len(parts)%2 == 0 {
		return "", false
	}
	return dir + strings.ReplaceAll(strings.TrimSuffix(base, ".tgz"), ".", "_") + "-tgz", true
}

// checkInflated refuses an archive that is no gzip or inflates beyond the limit, headers included.
func checkInflated(data []byte) error {
	reader, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return errors.New("is not a chart archive")
	}
	size, err := io.Copy(io.Discard, io.LimitReader(reader, maxChartBytes+1))
	if err != nil {
		return errors.New("the archive is damaged")
	}
	if size > maxChartBytes {
		return fmt.Errorf("the archive is larger than %d MiB unpacked", maxChartBytes>>20)
	}
	return nil
}

func isPlainPath(name string) bool {
	return name != "" && name != "." && path.Clean(name) == name && !path.IsAbs(name) &&
		name != ".." && !strings.HasPrefix(name, "../") && !strings.ContainsAny(name, "\x00\n\r")
}

func ignored(rules *ignore.Rules, name string) bool {
	for end := 0; ; {
		slash := strings.IndexByte(name[end:], '/')
		if slash < 0 {
			return rules.Ignore(name, entry{name: filepath.Base(name)})
		}
		if folder := name[:end+slash]; rules.Ignore(folder, entry{name: filepath.Base(folder), folder: true}) {
			return true
		}
		end += slash + 1
	}
}

// entry is what ignore rules ask of a file.
type entry struct {
	name   string
	folder bool
}

func (e entry) Name() string       { return e.name }
func (e entry) Size() int64        { return 0 }
func (e entry) ModTime() time.Time { return time.Time{} }
func (e entry) IsDir() bool        { return e.folder }
func (e entry) Sys() any           { return nil }
func (e entry) Mode() os.FileMode {
	if e.folder {
		return os.ModeDir
	}
	return 0
}

// pathOf names the file that holds the data, as it stands in the chart's folder.
func (c *Chart) pathOf(data []byte, otherwise string) string {
	if len(data) > 0 {
		if found, ok := c.paths[&data[0]]; ok {
			return found
		}
	}
	return otherwise
}

// fileOf names a file of a chart of the tree, such as its Chart.yaml.
func (c *Chart) fileOf(of *chart.Chart, name string) string {
	for _, file := range of.Raw {
		if file.Name == name {
			return c.pathOf(file.Data, name)
		}
	}
	return name
}

// clone copies what rendering changes: Helm processes dependencies in place.
func clone(of *chart.Chart) *chart.Chart {
	copied := *of
	metadata := *of.Metadata
	metadata.Dependencies = nil
	for _, dependency := range of.Metadata.Dependencies {
		if dependency != nil {
			each := *dependency
			metadata.Dependencies = append(metadata.Dependencies, &each)
		}
	}
	copied.Metadata = &metadata
	children := make([]*chart.Chart, 0, len(of.Dependencies()))
	for _, child := range of.Dependencies() {
		children = append(children, clone(child))
	}
	copied.SetDependencies(children...)
	return &copied
}
