package main
import _ "github.com/portcullis-dev/portcullis/src/helm-engine/render"
func main(){}
