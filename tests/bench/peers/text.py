"""Text templates, all four outputs and no checks: text.py jinja2|minijinja WORK.json OUT"""
import json
import os
import sys

work = json.load(open(sys.argv[2]))
out, here = sys.argv[3], os.path.dirname(os.path.abspath(__file__))
if sys.argv[1] == "jinja2":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    env = Environment(loader=FileSystemLoader(here), undefined=StrictUndefined, keep_trailing_newline=True)

    def render(name, **values):
        return env.get_template(name).render(**values)
else:
    from minijinja import Environment
    env = Environment(loader=lambda name: open(f"{here}/{name}").read(), keep_trailing_newline=True, auto_escape_callback=lambda name: False)

    def render(name, **values):
        return env.render_template(name, **values)


def put(path, template, **values):
    with open(f"{out}/{path}", "w") as f:
        f.write(render(template, app=work["app"], region=work["region"], **values))


for folder in ("cloudformation", "asl", "handlers"):
    os.makedirs(f"{out}/{folder}", exist_ok=True)
for key in ("sets", "workflows"):
    size = work[key + "_per_stack"]
    for at in range(0, len(work[key]), size):
        name, items = f"{key}-{at // size}", work[key][at:at + size]
        os.makedirs(f"{out}/terraform/{name}", exist_ok=True)
        put(f"cloudformation/{name}.yaml", key + ".yaml.j2", items=items)
        put(f"terraform/{name}/main.tf", key + ".tf.j2", items=items)
for w in work["workflows"]:
    put(f"asl/{w['name']}.asl.json", "asl.json.j2", w=w)
for s in work["workflows"][0]["steps"]:  # one function serves every workflow of a shape
    put(f"handlers/{s['name']}.c", "handler.c.j2", s=s)
