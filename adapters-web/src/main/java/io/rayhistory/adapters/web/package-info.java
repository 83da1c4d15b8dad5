/** The pages people see: ES modules and style sheets as they lie in the class path, handed out from an allow-list. */
package io.rayhistory.adapters.web;
