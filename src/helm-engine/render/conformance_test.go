package render

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const (
	testNonce = "0123456789abcdefABCDEF"
	helmPath  = "../../../.cache/bin/helm"
)

// chartFolders are the fixtures' charts and, where present, real ones.
func chartFolders(t *testing.T) []string {
	t.Helper()
	var folders []string
	for _, root := range []string{"../../../fixtures/charts", os.Getenv("PORTCULLIS_CORPUS")} {
		if root == "" {
			continue
		}
		_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return nil
			}
			if entry.IsDir() {
				if _, err := os.Stat(filepath.Join(path, "Chart.yaml")); err == nil {
					folders = append(folders, path)
					return filepath.SkipDir
				}
			}
			return nil
		})
	}
	return folders
}

func readFolder(t *testing.T, folder string) []File {
	t.Helper()
	var files []File
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		relative, _ := filepath.Rel(folder, path)
		files = append(files, File{Path: filepath.ToSlash(relative), Data: data})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestRendersAsHelmTemplateDoes(t *testing.T) {
	if _, err := os.Stat(helmPath); err != nil {
		t.Skip("helm is not built")
	}
	helm, _ := filepath.Abs(helmPath)
	for _, folder := range chartFolders(t) {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			var wanted, complaint bytes.Buffer
			command := exec.Command(helm, "template", "--kube-version", "1.33.0", folder)
			command.Env = append(os.Environ(), "TZ=UTC")
			command.Stdout, command.Stderr = &wanted, &complaint
			failed := command.Run() != nil
			started := time.Now()
			chart, err := Load(readFolder(t, folder))
			if err != nil {
				if !failed {
					t.Fatalf("Helm renders it: %v", err)
				}
				return
			}
			loaded := time.Now()
			response := chart.Render(Request{KubeVersion: "1.33.0", Nonce: testNonce, Order: true})
			t.Logf("load %v render %v", loaded.Sub(started), time.Since(loaded))
			if failed {
				if len(response.Failures) == 0 && len(response.MissingDependencies) == 0 {
					t.Fatalf("Helm refuses it: %s", complaint.String())
				}
				t.Logf("%v\n%v\nhelm: %s", response.Failures, response.MissingDependencies, complaint.String())
				return
			}
			for _, failure := range response.Failures {
				t.Errorf("Helm renders it: %+v", failure)
			}
			compare(t, wanted.String(), &response)
		})
	}
}

// compare demands the same lines, save for those that hold something generated.
func compare(t *testing.T, wanted string, response *Response) {
	t.Helper()
	generated := map[string]bool{}
	for _, template := range response.Templates {
		text := units(template.Text)
		for _, span := range template.Generated {
			start, end := span.Start, span.End
			for start > 0 && text[start-1] != '\n' {
				start--
			}
			for end < len(text) && text[end] != '\n' {
				end++
			}
			for _, line := range strings.Split(decode(text[start:end]), "\n") {
				generated[line] = true
			}
		}
	}
	got := strings.Split(response.Print(), "\n")
	want := strings.Split(wanted, "\n")
	if len(got) != len(want) {
		t.Errorf("%d lines instead of %d", len(got), len(want))
	}
	reported := 0
	for index := range min(len(got), len(want)) {
		if got[index] != want[index] && !generated[got[index]] && reported < 5 {
			reported++
			t.Errorf("line %d: got %q, want %q", index+1, got[index], want[index])
		}
	}
}
