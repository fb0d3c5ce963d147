"""`keepwarm draft PURPOSE PERSON`: a message to look over and send yourself."""

from crm import wording
from crm.app import messages as app
from crm.app import opportunities, people
from crm.app.books import Book
from crm.cli.arguments import Command
from crm.cli.output import Answer, plain_line
from crm.domain.message import composed, unfilled


def draft(book: Book, command: Command) -> Answer:
    """Write a draft; nothing is sent, and what is missing shows as a blank."""
    options = command.options
    template = app.template(options.purpose.replace("-", "_"))
    about = opportunities.resolve(book, options.opportunity) if options.opportunity else None
    facts = app.facts(book, people.resolve(book, options.person), today=command.today, opportunity=about)
    answers = {asked.field: options.say for asked in template.asks}
    questions = options.question or template.offered(facts.format)
    blanks = wording.message_blanks()
    values = wording.message_values(facts, answers, questions, command.today)
    tone = template.tone(options.tone)
    message = composed(tone, values, blanks)
    missing = unfilled(f"{message.subject}\n{message.body}", blanks)
    document = {
        "purpose": template.id,
        "tone": tone.key,
        "person": facts.person,
        "to": facts.email,
        "subject": message.subject,
        "body": message.body,
        "missing": missing,
        "questions": template.offered(facts.format),
    }
    head = (plain_line(f"To: {facts.email or facts.name}"), plain_line(f"Subject: {message.subject}"), "")
    lines = [*head, *map(plain_line, message.body.splitlines())]
    if missing:
        lines += ["", plain_line(wording.say("Still to fill: {blanks}", blanks=", ".join(missing)))]
    return Answer(document, tuple(lines))
