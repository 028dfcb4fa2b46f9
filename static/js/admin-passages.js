// The passage field offers the passages of the source that is chosen beside it, and no others.
"use strict";
{
  const $ = django.jQuery;
  const plain = $.fn.djangoAdminSelect2;

  const sourceOf = (element) => {
    const name = element.name.replace(/passage$/, element.dataset.limitedBy);
    const field = element.form.elements[name];
    return field ? field.value : "";
  };

  $.fn.djangoAdminSelect2 = function () {
    plain.call(this);
    this.filter("[data-limited-by]").each((_, element) => {
      const ajax = $(element).data("select2").dataAdapter.ajaxOptions;
      const data = ajax.data;
      ajax.data = (parameters) => ({ ...data(parameters), source: sourceOf(element) });
    });
    return this;
  };
}
