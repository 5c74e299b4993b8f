"""What askdoc does for a person beside answering: refills and slots, proposed and never done here.

The tools read through ports that `askdoc.storage` implements; what they propose is carried out by
its doers once the person has said yes.
"""
