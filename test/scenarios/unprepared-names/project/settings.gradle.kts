rootProject.name = "bank"
include("core", "api")
