package render
import (
 _ "helm.sh/helm/v4/pkg/engine"
 _ "helm.sh/helm/v4/pkg/chart/v2/loader"
 _ "helm.sh/helm/v4/pkg/chart/v2/util"
 _ "helm.sh/helm/v4/pkg/strvals"
)
