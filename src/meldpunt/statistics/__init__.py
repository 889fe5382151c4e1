"""The periodic overview by sector and type: counted, made safe, attacked, and published through the door."""
