package palomar.config;

/// Where [Checked] tables report what can't work together.
interface Checker {
    /// `key` is a key of the table being checked, absent ones included (then the position is the table's).
    void wrong(String key, String text);

    /// The same for the table `index` of the list of tables `list`.
    void wrong(String list, int index, String key, String text);
}
