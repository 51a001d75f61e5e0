rootProject.name = "acme-ledger"
include("ledger")
