// schema.js - the schema of hashicorp/aws, in the form of `tofu providers schema -json`.
//
//     node schema.js PACKAGE/lib > schema.json
//
// The provider itself is not in any package registry, but bindings generated from its schema are:
// npm's @cdktf/provider-aws. They are run here against a `cdktf` of our own, whose functions answer
// with types where the real ones answer with values. What the bindings have lost is lost here too:
// which optional arguments are also computed, defaults, deprecations, and a `max_items` above 1.
'use strict';
const fs = require('fs');
const path = require('path');
const Module = require('module');

// A value nobody has given: it knows what it is called, and has every property.
const NAME = Symbol('name');
const TYPE = Symbol('type');
const given = (name) =>
  new Proxy({}, { get: (_, key) => (key === NAME ? name : given(key === 'internalValue' ? name : key.replace(/^_/, ''))) });

const same = (value) => value;
const mapped = (kind) => (element, isBlock) => (value) => ({ kind, isBlock, element, [NAME]: value[NAME] });

// What the bindings extend. A getter of theirs calls one of these with the name of its attribute.
const says = (type) => function (name) { return { [NAME]: name, [TYPE]: type }; };
class Element {}
Object.assign(Element.prototype, {
  getStringAttribute: says('string'), getNumberAttribute: says('number'), getBooleanAttribute: says('bool'),
  getListAttribute: says(['list', 'string']), getNumberListAttribute: says(['list', 'number']),
  getStringMapAttribute: says(['map', 'string']), getNumberMapAttribute: says(['map', 'number']),
  getBooleanMapAttribute: says(['map', 'bool']), interpolationForAttribute: says('dynamic'),
});
class Top extends Element {
  constructor(scope, id, meta) { super(); this.meta = meta; }
}
class Nested extends Element {
  constructor(parent, name, isSet) { super(); this[NAME] = name; this.isSet = isSet; }
}
const fixed = (type) => class extends Nested { get [TYPE]() { return type; } };
class ComplexObject extends Nested { get [TYPE]() { return objectOf(this); } }
class ComplexList extends Nested { get [TYPE]() { return [this.isSet ? 'set' : 'list', this.get(0)[TYPE]]; } }
class ComplexMap extends Nested { get [TYPE]() { return ['map', this.get('')[TYPE]]; } }

const cdktf = {
  TerraformResource: class extends Top {}, TerraformDataSource: class extends Top {}, TerraformProvider: class extends Top {},
  ComplexObject, ComplexList, ComplexMap,
  StringMap: fixed(['map', 'string']), NumberMap: fixed(['map', 'number']), BooleanMap: fixed(['map', 'bool']),
  StringMapList: fixed(['list', ['map', 'string']]),
  stringToHclTerraform: same, numberToHclTerraform: same, booleanToHclTerraform: same, anyToHclTerraform: same,
  listMapperHcl: mapped('list'), hashMapperHcl: mapped('map'),
  canInspect: () => true, isComplexElement: () => false, Tokenization: { isResolvable: () => false },
  Token: { asNumberList: same, asAny: same },
  Fn: { tolist: (list) => ({ [NAME]: list[NAME], [TYPE]: ['set', list[TYPE][1]] }) },
};
const resolve = Module._load;
Module._load = (name, ...rest) => (name === 'cdktf' ? cdktf : resolve(name, ...rest));

// What the getters of a binding say.
function attributesOf(element) {
  const found = {};
  for (let proto = Object.getPrototypeOf(element); proto !== Element.prototype; proto = Object.getPrototypeOf(proto))
    for (const { get } of Object.values(Object.getOwnPropertyDescriptors(proto))) {
      const value = get && get.call(element);
      if (value && value[NAME]) found[value[NAME]] = value;
    }
  return found;
}
const objectOf = (element) =>
  ['object', Object.fromEntries(Object.entries(attributesOf(element)).map(([name, value]) => [name, value[TYPE]]))];

// The names of the required properties of each interface, from the declarations.
function requiredOf(text) {
  const found = {};
  let current;
  for (const line of text.split('\n')) {
    const start = /^export interface (\w+)/.exec(line);
    if (start) current = found[start[1]] = new Set();
    const property = /^ {4}readonly (\w+): /.exec(line);
    if (property && current) current.add(property[1]);
  }
  return found;
}

const SCALAR = { string: 'string', number: 'number', boolean: 'bool', any: 'dynamic' };
// `stringList`, `stringListMap`, ...: the type of an attribute that holds no objects.
function scalarType({ type, storageClassType }) {
  const m = /^(string|number|boolean|any)((?:List|Map)*)$/.exec(storageClassType);
  if (!m) return undefined;
  const around = m[2].match(/List|Map/g) || [];
  return around.reduce((inner, word, i) =>
    [word === 'Map' ? 'map' : i === around.length - 1 && type === 'set' ? 'set' : 'list', inner], SCALAR[m[1]]);
}

// One entry of `synthesizeHclAttributes`: an attribute, or a block.
function addEntry(block, name, entry, required, exports) {
  const { value, type } = entry;
  const needed = (required || new Set()).has(value[NAME] || name.replace(/_(\w)/g, (_, c) => c.toUpperCase()));
  const scalar = scalarType(entry);
  if (scalar) {
    block.attributes[name] = { type: scalar, [needed ? 'required' : 'optional']: true };
    return;
  }
  const base = entry.storageClassType.replace(/(List|Map)$/, '');
  const inner = value.element ? value.element(given(name)) : value;
  // Protocol 5 has no single nested block: a lone struct is an attribute, but for the timeouts.
  if (value.element ? !value.isBlock && value.kind === 'list' : type === 'struct' && name !== 'timeouts') {
    const object = objectOfEntries(inner);
    const around = value.element ? [type === 'set' ? 'set' : 'list', object] : object;
    block.attributes[name] = { type: around, [needed ? 'required' : 'optional']: true };
    return;
  }
  const child = blockOf(inner, base, exports);
  const nesting = type === 'struct' ? 'single' : value.kind === 'map' ? 'map' : type;
  block.block_types[name] = {
    nesting_mode: nesting, block: child,
    ...(needed && nesting !== 'single' ? { min_items: 1 } : {}), ...(value.element || nesting === 'single' ? {} : { max_items: 1 }),
  };
}
function objectOfEntries(entries) {
  return ['object', Object.fromEntries(Object.entries(entries).map(([name, entry]) => {
    const scalar = scalarType(entry);
    if (scalar) return [name, scalar];
    const { value, type } = entry;
    const object = objectOfEntries(value.element ? value.element(given(name)) : value);
    return [name, value.element ? [value.kind === 'map' ? 'map' : type === 'set' ? 'set' : 'list', object] : type === 'struct' ? object : ['list', object]];
  }))];
}
function blockOf(entries, name, exports, element) {
  const block = { attributes: {}, block_types: {} };
  const required = exports.required[element ? `${name}Config` : name];
  for (const [key, entry] of Object.entries(entries)) addEntry(block, key, entry, required, exports);
  const reference = element || (exports[`${name}OutputReference`] && new exports[`${name}OutputReference`]());
  for (const [key, value] of Object.entries(reference ? attributesOf(reference) : {}))
    if (!block.attributes[key] && !block.block_types[key]) block.attributes[key] = { type: value[TYPE], computed: true };
  return block;
}

// The file of one resource, data source, or the provider.
function read(dir) {
  const exports = { ...require(path.join(dir, 'index.js')) };
  exports.required = requiredOf(fs.readFileSync(path.join(dir, 'index.d.ts'), 'utf8'));
  const structs = path.join(dir, 'index-structs');
  if (fs.existsSync(structs))
    for (const file of fs.readdirSync(structs)) {
      if (file.endsWith('.js')) Object.assign(exports, require(path.join(structs, file)));
      if (file.endsWith('.d.ts')) Object.assign(exports.required, requiredOf(fs.readFileSync(path.join(structs, file), 'utf8')));
    }
  const name = Object.keys(exports).find((key) => exports[key] && exports[key].prototype instanceof Top);
  if (!name) return undefined;
  const element = new exports[name]({}, 'id', {});
  const entries = exports[name].prototype.synthesizeHclAttributes.call(given(''));
  const block = blockOf(entries, name, exports, element);
  for (const attribute of ['id', 'region', 'tags_all']) // may be given, and are there if they are not
    if (!(element instanceof cdktf.TerraformProvider) && block.attributes[attribute]?.optional) block.attributes[attribute].computed = true;
  return { element, type: element.meta.terraformResourceType, block };
}

const lib = path.resolve(process.argv[2]);
const out = { provider: { version: 0, block: {} }, resource_schemas: {}, data_source_schemas: {} };
for (const dir of fs.readdirSync(lib).sort()) {
  if (!fs.existsSync(path.join(lib, dir, 'index.js'))) continue;
  const found = read(path.join(lib, dir));
  if (!found) continue;
  if (found.element instanceof cdktf.TerraformProvider) {
    delete found.block.attributes.alias; // a meta-argument, not the provider's
    out.provider.block = found.block;
  } else if (!JSON.stringify(found.block).includes('"dynamic"')) // very deep trees have lost their types
    out[found.element instanceof cdktf.TerraformDataSource ? 'data_source_schemas' : 'resource_schemas'][found.type] = { version: 0, block: found.block };
}
process.stdout.write(JSON.stringify({ format_version: '1.0', provider_schemas: { 'registry.opentofu.org/hashicorp/aws': out } }) + '\n');
