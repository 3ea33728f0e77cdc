"""A small invented list in the published layout, and names that are and are not on it.

Every person and body in it is made up.
"""

from django.core.files.uploadedfile import SimpleUploadedFile

from stakeholders.screening.actions import load_list
from stakeholders.screening.models import ScreeningList
from stakeholders.screening.reader import ReadList, read

INDIVIDUALS = """
    <INDIVIDUAL>
      <DATAID>900001</DATAID><VERSIONNUM>1</VERSIONNUM>
      <FIRST_NAME>MANSUR</FIRST_NAME><SECOND_NAME>QASIM</SECOND_NAME><THIRD_NAME>AL-HADDADI</THIRD_NAME>
      <UN_LIST_TYPE>Invented</UN_LIST_TYPE><REFERENCE_NUMBER>XXi.001</REFERENCE_NUMBER>
      <COMMENTS1>Names nobody: Coastal Watch is not meant.</COMMENTS1>
      <NAME_ORIGINAL_SCRIPT>منصور قاسم الحدادي</NAME_ORIGINAL_SCRIPT>
      <DESIGNATION><VALUE>Treasurer</VALUE></DESIGNATION>
      <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Abu Zanbaq al-Wadi</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME/></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_DOCUMENT/>
    </INDIVIDUAL>
    <INDIVIDUAL>
      <DATAID>900002</DATAID>
      <FIRST_NAME>Yevgraf</FIRST_NAME><SECOND_NAME>Tikhonovich</SECOND_NAME><THIRD_NAME>Zheludkov</THIRD_NAME>
      <REFERENCE_NUMBER>XXi.002</REFERENCE_NUMBER>
    </INDIVIDUAL>
"""
ENTITIES = """
    <ENTITY>
      <DATAID>900101</DATAID>
      <FIRST_NAME>BLUE HERON MARITIME RELIEF FOUNDATION</FIRST_NAME>
      <REFERENCE_NUMBER>XXe.001</REFERENCE_NUMBER>
      <ENTITY_ALIAS>
        <QUALITY>a.k.a.</QUALITY><ALIAS_NAME>Heron Relief; Garza Azul Socorro</ALIAS_NAME>
      </ENTITY_ALIAS>
      <ENTITY_ADDRESS><COUNTRY>Nowhere</COUNTRY></ENTITY_ADDRESS>
    </ENTITY>
    <ENTITY>
      <DATAID>900102</DATAID>
      <FIRST_NAME>Stone Lantern Trading</FIRST_NAME>
      <REFERENCE_NUMBER>XXe.002</REFERENCE_NUMBER>
      <NAME_ORIGINAL_SCRIPT>石燈籠貿易公司</NAME_ORIGINAL_SCRIPT>
    </ENTITY>
"""


def list_xml(
    *, generated: str = "2026-11-01T08:00:00.000Z", individuals: str = INDIVIDUALS, entities: str = ENTITIES
) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<CONSOLIDATED_LIST dateGenerated="{generated}">\n'
        f"  <INDIVIDUALS>{individuals}</INDIVIDUALS>\n  <ENTITIES>{entities}</ENTITIES>\n"
        "</CONSOLIDATED_LIST>\n"
    ).encode()


def list_read(**parts: str) -> ReadList:
    return read([list_xml(**parts)])


def list_upload(content: bytes | None = None, name: str = "consolidated.xml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or list_xml(), content_type="text/xml")


def loaded(**parts: str) -> ScreeningList:
    """The list in use, as the command would put it there."""
    return load_list(list_read(**parts), actor=None)
