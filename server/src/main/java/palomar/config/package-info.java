/// The configuration: `palomar.toml` read into typed records.
///
/// A table is a record, a key is one of its components; [palomar.config.Setting] on the component gives default,
/// range and documentation, so that the reader, `config show`, `config explain` and the reference page can't drift
/// apart. [palomar.config.SettingsFile] reads a whole file and reports every problem of it in one pass, each with
/// line and column; [palomar.config.PalomarSettings] is the root record.
///
/// Invariants: a record from here is complete and inside its ranges; combinations that can't work were refused by
/// [palomar.config.Checked]; nothing here opens a file other than the one it was asked to read. All types are
/// immutable and safe for many threads.
@NullMarked
package palomar.config;

import org.jspecify.annotations.NullMarked;
