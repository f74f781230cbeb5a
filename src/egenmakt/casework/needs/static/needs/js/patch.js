// Makes one part of the page like another without replacing what is already right: focus, open details and the text
// that someone is writing stay where they are.

export function patch(target, wanted) {
  const now = [...target.childNodes];
  const then = [...wanted.childNodes];
  then.forEach((node, place) => {
    const there = now[place];
    if (!there) target.append(node);
    else if (!alike(there, node)) there.replaceWith(node);
    else if (node.nodeType === Node.ELEMENT_NODE) {
      attributes(there, node);
      patch(there, node);
    } else if (there.nodeValue !== node.nodeValue) there.nodeValue = node.nodeValue;
  });
  for (const left of now.slice(then.length)) left.remove();
}

const alike = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName;

function attributes(there, wanted) {
  for (const { name, value } of [...wanted.attributes]) if (there.getAttribute(name) !== value) there.setAttribute(name, value);
  for (const { name } of [...there.attributes]) if (name !== "open" && !wanted.hasAttribute(name)) there.removeAttribute(name);
  if (there.type === "radio") there.checked = wanted.checked;
}
