"""The test story: forty articles about invented people, and what a careful reader knows after them.

Hand-written articles, wire copies of some (another publisher, another opening, the end cut off), and short notes
made of a few patterns. `ARTICLES` is what `dateline add` is given; `WHO` says which person a name means in an
article, so that identity can be counted pair by pair.
"""

HAND = [
    # A couple: rumour, denial, confirmation, engagement, wedding day moved, marriage, divorce.
    dict(id="rumour", publisher="Evening Lantern", published="2020-03-02", title="Selwick and Orme a couple, friends say",
         text="The actress Nora Selwick is dating the architect Daniel Orme, according to a friend of the couple.\n\n"
              "Selwick, 31, met Orme in January 2020 at an exhibition in Port Ansel, the friend said.\n",
         who={"Nora Selwick": "nora", "Daniel Orme": "orme-architect"}),
    dict(id="denial", publisher="Harbour Courier", published="2020-03-04", title="Selwick is not dating Orme, her agent says",
         text="Nora Selwick is not dating the architect Daniel Orme, her agent Petra Lund said on Wednesday.\n\n"
              "“Nora and Daniel are good friends,” Lund told the Harbour Courier. She said that Selwick was busy with a film.\n",
         who={"Nora Selwick": "nora", "Daniel Orme": "orme-architect", "Petra Lund": "lund"}),
    dict(id="confirmed", publisher="Morning Ledger", published="2020-08-10", title="Nora Selwick: Yes, we are together",
         text="The actress Nora Selwick confirmed on Monday that she is dating the architect Daniel Orme.\n\n"
              "“We are very happy,” Selwick said. Orme, who designed the opera house of Port Ansel, did not comment.\n",
         who={"Nora Selwick": "nora", "Daniel Orme": "orme-architect"}),
    dict(id="engaged", publisher="Harbour Courier", published="2021-01-15", title="Selwick and Orme to marry in June",
         text="The actress Nora Selwick and the architect Daniel Orme are engaged, her agent Petra Lund said on Thursday.\n\n"
              "Selwick will marry Orme on June 12, 2021, in Port Ansel, Lund said.\n",
         who={"Nora Selwick": "nora", "Daniel Orme": "orme-architect", "Petra Lund": "lund"}),
    dict(id="moved", publisher="Morning Ledger", published="2021-04-20", title="Wedding of Selwick and Orme put off",
         text="Nora Selwick will marry the architect Daniel Orme on September 18, 2021, three months later than planned, "
              "the couple announced on Monday.\n\nSelwick is still at work on a film in the north, her agent Petra Lund said.\n",
         who={"Nora Selwick": "nora", "Daniel Orme": "orme-architect", "Petra Lund": "lund"}),
    dict(id="wedding", publisher="Harbour Courier", published="2021-09-19", title="Nora Selwick marries Daniel Orme",
         text="The actress Nora Selwick married the architect Daniel Orme on Saturday in Port Ansel.\n\n"
              "Two hundred guests came to the wedding, among them her agent Petra Lund.\n",
         who={"Nora Selwick": "nora", "Daniel Orme": "orme-architect", "Petra Lund": "lund"}),
    dict(id="divorce", publisher="Morning Ledger", published="2023-02-07", title="Selwick files for divorce",
         text="Nora Selwick filed to divorce her estranged husband, the architect Daniel Orme, on Monday.\n\n"
              "Selwick married Orme in September 2021. The couple separated in November 2022, her lawyer said.\n",
         who={"Nora Selwick": "nora", "Daniel Orme": "orme-architect"}),
    # A namesake: a footballer.
    dict(id="transfer", publisher="Sports Mirror", published="2021-07-02", title="Orme joins Kestrel Rovers",
         text="The striker Daniel Orme, 22, joined Kestrel Rovers on Thursday.\n\n"
              "“Rovers are the club I always wanted,” Orme said. The coach, Milan Reyk, said that the striker would play on Sunday.\n",
         who={"Daniel Orme": "orme-footballer", "Milan Reyk": "reyk"}),
    dict(id="goals", publisher="Sports Mirror", published="2021-10-04", title="Two goals by Orme",
         text="Daniel Orme scored twice as Kestrel Rovers beat Ferrin Town on Sunday.\n\n"
              "“He is a striker of rare calm,” the coach, Milan Reyk, said of Orme, 22.\n",
         who={"Daniel Orme": "orme-footballer", "Milan Reyk": "reyk"}),
    # A namesake without an age: a mayor and a violinist.
    dict(id="mayor", publisher="Harbour Courier", published="2021-05-11", title="Voss elected mayor of Ferrin",
         text="The lawyer Clara Voss was elected mayor of Ferrin on Sunday.\n\nVoss, 52, beat Oskar Brandl, the mayor since 2013.\n",
         who={"Clara Voss": "voss-mayor", "Oskar Brandl": "brandl"}),
    dict(id="violin", publisher="Evening Lantern", published="2021-05-30", title="A debut on the violin",
         text="The violinist Clara Voss, 19, performed in the opera house of Port Ansel on Saturday.\n\n"
              "The conductor Ilya Menn called Voss the best of her year.\n",
         who={"Clara Voss": "voss-violin", "Ilya Menn": "menn"}),
    # A firm: a purchase, two days for one death, a corrected article.
    dict(id="purchase", publisher="Morning Ledger", published="2022-03-03", title="Tarn Foods buys Millrace Bakeries",
         text="Tarn Foods acquired Millrace Bakeries on Wednesday for 40 million crowns.\n\n"
              "Ruth Adeyemi, the chief executive of Tarn Foods, said that all shops would stay open.\n",
         who={"Ruth Adeyemi": "adeyemi", "Tarn Foods": "tarn", "Millrace Bakeries": "millrace"}),
    dict(id="death-a", publisher="Morning Ledger", published="2022-06-21", title="The poet Edvin Hale is dead",
         text="The poet Edvin Hale died on June 18, 2022, his publisher said on Tuesday.\n\nHale was 81.\n",
         who={"Edvin Hale": "hale"}),
    dict(id="death-b", publisher="Harbour Courier", published="2022-06-22", title="Edvin Hale, poet of the harbour",
         text="Edvin Hale, the poet of the harbour, died on June 19, 2022, at his home in Port Ansel.\n\nHe was 81 years old.\n",
         who={"Edvin Hale": "hale"}),
    dict(id="shares", publisher="Harbour Courier", published="2022-09-05", uri="https://courier.example/shares", title="Tarn Foods lays off forty",
         text="Tarn Foods laid off forty workers in Ferrin on Friday.\n\nRuth Adeyemi, the chief executive, said that the mill was too old.\n",
         who={"Ruth Adeyemi": "adeyemi", "Tarn Foods": "tarn"}),
    dict(id="shares-2", publisher="Harbour Courier", published="2022-09-05", modified="2022-09-06", uri="https://courier.example/shares",
         title="Tarn Foods lays off fourteen",
         text="Tarn Foods laid off fourteen workers in Ferrin on Friday.\n\nRuth Adeyemi, the chief executive, said that the mill was too old.\n\n"
              "Correction: An earlier version of this article said that forty workers were laid off.\n",
         who={"Ruth Adeyemi": "adeyemi", "Tarn Foods": "tarn"}),
]

# Wire copies: (of, id, publisher, the opening that is put before).
COPIED = [("wedding", "Northern Wire", "PORT ANSEL (Northern Wire) — "), ("wedding", "Daily Ferry", ""),
          ("divorce", "Northern Wire", "PORT ANSEL (Northern Wire) — "), ("divorce", "Daily Ferry", ""),
          ("purchase", "Daily Ferry", ""), ("moved", "Daily Ferry", "")]

# Long enough to be told from each other: what a wire adds to every one of its stories.
BACKGROUND = {
    "wedding": "The guests walked from the old lighthouse to the town hall, where a small band of fishermen played the songs that "
               "the bride had chosen. After the ceremony the whole party crossed the harbour in three boats that were hung with lamps.\n",
    "divorce": "The papers were handed in at the court of Port Ansel shortly before it closed for the day. Neither side wanted to speak "
               "about the house on the hill, the two dogs or the small theatre that they had opened together with their savings.\n",
    "purchase": "The shops are known for dark bread and for the blue paper in which it is wrapped. The buyer runs mills and dairies in "
                "the valley and has said for a long time that it wanted to sell bread under a name that people already know and like.\n",
    "moved": "The invitations that had been printed on green paper will now be printed again, and the band has agreed to come on the new "
             "day. The guests who had booked rooms at the old hotel by the lighthouse can keep them at no cost, the couple wrote.\n",
}

# Short notes: (pattern, publisher, who, [(id, date, words …)]).
NOTES = [
    ("The striker Daniel Orme scored {0} for Kestrel Rovers against {1} on {2}.\n\nThe coach, Milan Reyk, praised Orme after the match.\n",
     "Sports Mirror", {"Daniel Orme": "orme-footballer", "Milan Reyk": "reyk"},
     [("2021-10-18", "once", "Sallow United", "Sunday"), ("2021-11-01", "once", "Brackwater", "Sunday"),
      ("2021-11-15", "twice", "Inner Harbour", "Sunday"), ("2021-12-06", "once", "Old Ferrin", "Sunday")]),
    ("The mayor of Ferrin, Clara Voss, opened {0} on {1}.\n\nOskar Brandl, who was mayor before her, did not attend.\n",
     "Harbour Courier", {"Clara Voss": "voss-mayor", "Oskar Brandl": "brandl"},
     [("2021-09-07", "a school", "Monday"), ("2021-11-23", "a library", "Monday"), ("2022-02-15", "a bridge", "Monday"),
      ("2022-05-10", "a market hall", "Monday")]),
    ("The violinist Clara Voss performed {0} in {1} on {2}.\n\nThe conductor Ilya Menn led the orchestra.\n",
     "Evening Lantern", {"Clara Voss": "voss-violin", "Ilya Menn": "menn"},
     [("2021-10-03", "a concerto", "Sallow", "Saturday"), ("2022-01-23", "two sonatas", "Brackwater", "Saturday"),
      ("2022-04-10", "a concerto", "Ferrin", "Saturday"), ("2022-11-06", "a suite", "Port Ansel", "Saturday")]),
    ("Tarn Foods opened a shop in {0} on {1}.\n\nRuth Adeyemi, the chief executive of Tarn Foods, cut the ribbon.\n",
     "Morning Ledger", {"Ruth Adeyemi": "adeyemi", "Tarn Foods": "tarn"},
     [("2022-04-05", "Sallow", "Monday"), ("2022-05-03", "Brackwater", "Monday"), ("2022-07-05", "Ferrin", "Monday")]),
    ("The actress Nora Selwick won the Golden Anchor for {0} on {1}.\n\nHer agent Petra Lund accepted the prize with her.\n",
     "Evening Lantern", {"Nora Selwick": "nora", "Petra Lund": "lund"},
     [("2020-11-09", "a comedy", "Sunday"), ("2022-11-14", "a drama", "Sunday"), ("2023-11-13", "a film about the sea", "Sunday")]),
]


def articles():
    out = []
    for hand in HAND:
        article = dict(hand)
        article["text"] += "\n" + BACKGROUND[hand["id"]] if hand["id"] in BACKGROUND else ""
        out.append(article)
    by_id = {a["id"]: a for a in out}
    for number, (of, publisher, opening) in enumerate(COPIED):
        original = by_id[of]
        out.append(dict(original, id=f"copy-{number + 1}", publisher=publisher, text=opening + original["text"], copy_of=of))
    for pattern, publisher, who, notes in NOTES:
        for date, *words in notes:
            name = next(iter(who)).split()[-1].lower()
            out.append(dict(id=f"{name}-{publisher.split()[0].lower()}-{date}", publisher=publisher, published=date,
                            title="", text=pattern.format(*words), who=who))
    return out


ARTICLES = articles()
WHO = {a["id"]: a["who"] for a in ARTICLES if "copy_of" not in a}
