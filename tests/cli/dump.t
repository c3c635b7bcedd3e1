What the steps make can be seen.

  $ alias wgen="wgen --templates $TESTS/cli/templates"
  $ mkdir specs
  $ printf 'system: shop\nprojects: {amelia: [scott]}\nboxes: {jobs: {per: user, size: 4}}\n' >specs/shop.yaml
  $ wgen build --dump read
  {
    "system": "shop",
    "projects": {
      "amelia": ["scott"]
    },
    "boxes": {
      "jobs": {
        "per": "user",
        "size": 4
      }
    }
  }
  $ wgen build --dump expand
  {
    "system": "shop",
    "items": ["amelia/scott"],
    "resources": [
      {
        "kind": "system",
        "path": "",
        "logical-id": "SystemShop",
        "fields": {
          "system": "shop",
          "projects": {
            "amelia": ["scott"]
          }
        }
      },
      {
        "kind": "box",
        "path": "jobs",
        "per": "user",
        "name": "shop-jobs-$(project)-$(user)",
        "logical-id": "BoxJobs",
        "fields": {
          "size": 4,
          "per": "user"
        }
      }
    ]
  }
  $ wgen build --dump place
  {
    "system": "shop",
    "stacks": [
      {
        "name": "shop-users-1",
        "size": 1,
        "items": 1,
        "after": [],
        "resources": ["jobs"]
      }
    ]
  }
  $ wgen build --dump nothing
  error[usage]: `--dump` cannot be `nothing`
  help: it is one of read|expand|place
  
  [2]
  $ ls
  specs
