"""What made-up people said and wrote: invented for the demo, no one's real story."""

CONCERNS = {
    "expecting": (
        "She says the baby doesn’t feel real and turns away at the scan.",
        "An earlier loss at 38 weeks. She will not talk about this baby.",
        "Frightened of the birth, and of what kind of mother she will be.",
        "Booked late. Says she cannot picture this baby at all.",
    ),
    "mother": (
        "The baby freezes when picked up and looks past her mother’s face.",
        "Much crying, little sleep. They say they feel like strangers to each other.",
        "She checks the baby’s breathing all night and cannot put the baby down.",
        "A frightening birth. She says she looks at the baby and sees the operating theatre.",
        "She loves the baby and is frightened of getting it wrong, as it was got wrong with her.",
    ),
    "father": (
        "He can’t bear the crying, and leaves the room.",
        "Dad says there is no point talking to someone who can’t answer.",
    ),
    "foster_carer": ("The foster carer asks for help with a baby who does not look for comfort.",),
}
SEEN_BETWEEN = (
    "Little eye contact on either side. One warm moment when the baby sneezed.",
    "She holds him facing outwards. He turns his head to find her voice.",
    "Dad sings when he thinks no one listens, and the baby stills.",
    "Quick to wipe and change, slow to look. The baby watches the lamp.",
    "Both parents talk over the baby’s head. Grandmother tunes in.",
)
SIGNALS = (
    "Cries for long stretches in the evening and arches away.",
    "Rarely cries. Sleeps a great deal.",
    "Startles at voices and looks away.",
    "Feeds well, follows faces, little babble.",
    "Active at scans. Moves when the radio is on.",
)
STRENGTHS = (
    "Rang the health visitor herself.",
    "Grandmother comes every Friday.",
    "Sings to the baby at bath time.",
    "Has kept every appointment this month.",
)
SESSION_NOTES = (
    "Watched three minutes of film together. Chose the moment when the baby reached and was met.",
    "A hard week. We stayed with how it is when the crying does not stop.",
    "Followed the baby’s lead on the floor. Long turn-taking with the wooden spoon.",
    "Spoke of the birth for the first time. The baby slept, then woke and was held.",
    "They laughed together twice. She said she had not known he could be funny.",
)
KEEPING_IN_TOUCH = (
    "Rang to say where we are. She is glad that someone rang.",
    "Text as agreed. He replied that all is as before.",
    "Spoke for ten minutes. Sleep is worse, safe at home.",
)
EARLIER_LIFE = "Spoke of years in care as a child. Told to me alone; not to be shared."
RESTRICTED = "Said that the former partner has come to the house. Safety plan made with the IDVA."
