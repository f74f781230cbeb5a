"""docs/schema.md: every table of ours, who may do what with it, and the policy it stands under."""

from __future__ import annotations


def page() -> str:
    """The page."""
    from django.apps import apps

    from egenmakt.foundation.database import security

    lines = [
        "# The database\n\nEvery table of the rooms. Rights are those of the application role: S select, "
        "I insert, U update, D delete. `municipality` means that a row is visible in its own municipality only.\n"
    ]
    for config in sorted(apps.get_app_configs(), key=lambda one: one.name):
        if not config.name.startswith("egenmakt."):
            continue
        models = [model for model in config.get_models() if not hasattr(model, "pgh_tracked_model")]
        if not models:
            continue
        lines.append(f"\n## {config.name.removeprefix('egenmakt.')}\n")
        lines.append("| table | what | rights | visible | history |\n|---|---|---|---|---|")
        for model in models:
            what = (model.__doc__ or "").strip().splitlines()[0].replace("|", "\\|")
            narrower = getattr(model, "row_policy", None) or getattr(model, "tenant_policy", None)
            visible = "municipality" if security.is_tenant(model) else "all"
            if narrower:
                visible += ", and narrower"
            history = (
                "yes"
                if getattr(model, "pgh_event_models", None)
                else ("chained" if security.hash_chained(model) else "")
            )
            lines.append(
                f"| `{model._meta.db_table}` | {what} | {security.rights(model)} | {visible} | {history} |"
            )
    return "\n".join(lines)
