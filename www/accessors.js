/** The properties that go with attributes. */

/**
 * Reflects an attribute as a property: text, a number, or whether it is there.
 * @param {string} attribute
 * @returns {PropertyDescriptor & ThisType<HTMLElement>}
 */
export function accessors(attribute) {
  if (attribute === "json-ld") {
    return {
      get() {
        return this.hasAttribute(attribute);
      },
      set(value) {
        this.toggleAttribute(attribute, Boolean(value));
      },
    };
  }
  const isNumber = attribute === "interval" || attribute === "page-size";
  return {
    get() {
      const value = this.getAttribute(attribute);
      return value !== null && isNumber ? Number(value) : value;
    },
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(attribute);
      else this.setAttribute(attribute, String(value));
    },
  };
}
