@NullMarked
package palomar.acl;

import org.jspecify.annotations.NullMarked;
