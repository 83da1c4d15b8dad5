/** The dashboard's JSON shapes, written token by token; no answer is ever held in memory as a whole. */
package io.rayhistory.adapters.http.json;
