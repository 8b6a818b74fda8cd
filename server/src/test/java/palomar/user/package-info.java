@org.jspecify.annotations.NullMarked
package palomar.user;
