"""What next, why it moved and how sure it is, in a document of Word."""

from app.reports.word.pieces import Grid, Part, Said, Writer


def write_next(writer: Writer, part: Part) -> None:
    """The plan in waves, and what to ask before."""
    for conflict in part["conflicts"]:
        writer.say(conflict, "List Bullet")
    if part["asking"]:
        writer.say(part["asking"], strong=part["asking_title"])
    for wave in part["waves"]:
        writer.heading(wave["title"], 2)
        writer.say(wave["cost"], "Remark", introduces=True)
        rows = [
            [
                Said(step["name"], step["function"]),
                step["way"],
                Said("\n".join(step["actions"]), step["evidence"]),
            ]
            for step in wave["steps"]
        ]
        writer.table(Grid(wave["title"], part["columns"], rows, [4, 3, 8], 3))
        levels = ", ".join(f"{function['name']} {function['cell']}" for function in wave["functions"])
        writer.say(f"{levels}.", strong=wave["then"])
    if part["budgets"]:
        writer.heading(part["budgets_title"], 2)
        writer.say(part["budgets_said"], "Remark", introduces=True)
        writer.picture(part["budgets"]["chart"])
        rows = [[Said(name, level), *figures] for name, level, *figures in part["budgets"]["rows"]]
        writer.table(Grid(part["budgets_title"], part["budgets"]["columns"], rows, [8, 2, 2], 1))
        if part["half"]:
            writer.say(part["half"], strong=part["half_title"])
    if part["questions"]:
        writer.heading(part["questions_title"], 2)
        rows = [
            [Said(asked["name"], asked["function"]), asked["whom"], asked["settles"]]
            for asked in part["questions"]
        ]
        writer.table(Grid(part["questions_title"], part["question_columns"], rows, [4, 4, 5], 3))


def write_moved(writer: Writer, part: Part) -> None:
    """The parts of the change, the functions before and after, and the answers that moved."""
    writer.say(None, strong=part["verdict"])
    steps = [
        [Said(step["name"], is_bold=step["is_whole"]), Said(step["remark"]), step["figure"]]
        for step in part["steps"]
    ]
    name, figure, questions = part["columns"]
    writer.table(Grid(part["title"], [name, questions, figure], steps, [4, 6, 2], 2))
    for columns, moved in (
        (part["function_columns"], part["functions"]),
        (part["lens_columns"], part["lenses"]),
    ):
        if moved:
            rows = [
                [Said(one["name"], one["because"]), one["before"], one["after"], one["change"]]
                for one in moved
            ]
            writer.table(Grid(part["title"], columns, rows, [6, 2, 2, 2], 1))
    for notice in part["notices"]:
        writer.say(notice)
    if part["in_both"]:
        writer.say(part["in_both"], strong=part["in_both_title"])
    writer.heading(part["answers_title"], 2)
    for function, answers in part["groups"]:
        said = "; ".join(f"{name}, {way}" for name, way in answers)
        writer.say(f"{said}.", strong=f"{function}:")
