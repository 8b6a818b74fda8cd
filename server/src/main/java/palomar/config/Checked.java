package palomar.config;

/// A table whose keys depend on each other.
interface Checked {
    /// Reports combinations that can't work. Called once all keys of the table were read without a problem.
    void check(Checker problems);
}
