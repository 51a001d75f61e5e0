subprojects {
    apply(plugin = "java")
    repositories { mavenCentral() }
    tasks.withType<Test> { useJUnitPlatform() }
}
