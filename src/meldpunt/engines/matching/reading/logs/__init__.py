"""Logs of Zeek and Suricata as blocks in which indicators are looked for."""
