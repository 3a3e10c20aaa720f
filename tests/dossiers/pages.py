"""An open page of a part, as a browser keeps it: what is in its fields, and what it was given."""

from bs4 import BeautifulSoup


class OpenPage:
    """The page of one part in one browser; `type` saves as one types, `press` sends it by a button."""

    def __init__(self, client, url):
        self.client, self.url = client, url
        self.fields = {}
        self.read(client.get(url))

    def read(self, answer):
        """Take the fields of a page or of the line of the saving."""
        soup = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
        for one in soup.select("#partie [name], #sauvegarde [name]"):
            if one.name == "select":
                chosen = one.find("option", selected=True) or one.find("option")
                self.fields[one["name"]] = chosen["value"]
            elif one.name == "textarea":
                self.fields[one["name"]] = one.text.removeprefix("\n")
            elif one.name == "input" and is_sent(one):
                self.fields[one["name"]] = one.get("value", "")
        return answer

    def type(self, **texts):
        """Type and let the page save itself."""
        self.fields.update(texts)
        return self.read(self.client.submit(self.url, self.fields, htmx=True))

    def lose(self, **texts):
        """Type and save; the answer never arrives."""
        self.fields.update(texts)
        return self.client.submit(self.url, self.fields, htmx=True)

    def press(self, **fields):
        """Send the page by a button."""
        return self.client.submit(self.url, {**self.fields, **fields})


def is_sent(field):
    """Whether a browser would send an input; the token is the client's matter."""
    is_choice = field.get("type") in {"checkbox", "radio"}
    return field["name"] != "csrf_token" and (not is_choice or field.has_attr("checked"))
